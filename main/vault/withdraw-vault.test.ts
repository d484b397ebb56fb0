import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BlobStore } from '../files/blob-store.ts'
import { unwrap } from '../outbox/journal-fixture.ts'
import { createVault, eraseWrappedKeys, openVault } from './vault.ts'
import { aSession } from './vault-fixture.ts'
import { withdrawVault } from './withdraw-vault.ts'

async function aVault() {
  const userData = await mkdtemp(join(tmpdir(), 'rapport-withdraw-'))
  const folder = join(userData, 'vault')
  const vault = await createVault(folder, 'a passphrase', undefined, aSession)
  return { userData, folder, vault }
}

test('what is unsent stays for the firm’s key: commands and the files that they name, and no file that was sent', async () => {
  const { userData, folder, vault } = await aVault()
  await vault.takeRecoveryKey(Buffer.alloc(32, 9).toString('base64'))
  const blobs = new BlobStore(join(folder, 'files'), vault.keys.file)
  const { sha256 } = unwrap(await blobs.stage(Buffer.from('a statement')))
  await blobs.markSent(unwrap(await blobs.stage(Buffer.from('one that was sent'))).sha256)
  await withdrawVault(folder, 5)
  expect(await readdir(userData)).toEqual(['vault.withdrawn-5'])
  const left = await readdir(join(userData, 'vault.withdrawn-5'), { recursive: true })
  expect(left.sort()).toEqual(['files', 'files/pending', `files/pending/${sha256}`, 'header.json', 'recovery.json', 'session.sealed'])
})

test('keys are erased on a full disk, too', async () => {
  const { folder } = await aVault()
  await mkdir(join(folder, 'header.json.new')) // no room for another header
  await eraseWrappedKeys(folder)
  expect(await openVault(folder, 'a passphrase', undefined)).toMatchObject({ ok: false, error: { code: 'session/no-vault' } })
})

test('keys are erased from a header that was changed, too', async () => {
  const { folder } = await aVault()
  const path = join(folder, 'header.json')
  const before = await readFile(path, 'utf8')
  await writeFile(path, before.replace('{', '{ "more": 1,'))
  await eraseWrappedKeys(folder)
  expect(await readdir(folder)).not.toContain('header.json')
})
