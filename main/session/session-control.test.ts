import { mkdir, mkdtemp, readdir, rename, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Log } from '../log/log.ts'
import { aCommand, unwrap } from '../outbox/journal-fixture.ts'
import { HttpClient } from '../sync/http-client.ts'
import { SmallServer } from '../sync/small-server.ts'
import type { Keychain } from '../vault/keychain.ts'
import { OidcFlow } from './oidc-flow.ts'
import { SessionControl } from './session-control.ts'

const PASSPHRASE = 'correct horse'
const EMAIL = 'anna@example.test'
const keychain: Keychain = { backend: 'test', wrap: (secret) => Buffer.from(secret), unwrap: (wrapped) => Buffer.from(wrapped) }

/** A laptop against a server that can be broken; the disk is broken by a folder in the place of a file's temporary name. */
async function aLaptop() {
  const server = new SmallServer()
  const url = await server.start()
  const userData = await mkdtemp(join(tmpdir(), 'rapport-session-'))
  const warnings: string[] = []
  const closings: boolean[] = []
  const log: Log = { info: () => undefined, warn: (event) => warnings.push(event), bug: (event) => warnings.push(event) }
  const found: { keychain?: Keychain } = {}
  const control = new SessionControl({
    userData,
    log,
    deviceName: 'Laptop',
    serverUrl: () => url,
    httpFor: (serverUrl) => new HttpClient(serverUrl, fetch),
    keychain: () => found.keychain,
    oidc: new OidcFlow({ openBrowser: async () => undefined, doneText: () => '' }),
    onSyncChange: () => undefined,
    onSyncPage: () => undefined,
    showReminder: () => undefined,
    onOpened: () => undefined,
    onClosed: (isLastVaultGone) => closings.push(isLastVaultGone),
  })
  onTestFinished(async () => {
    await control.shutDown()
    await server.stop()
  })
  unwrap(await control.signIn(EMAIL, PASSPHRASE))
  const folder = control.open?.vault.folder ?? ''
  return { control, userData, folder, found, warnings, closings }
}

test('unlocks on a full disk: that nobody can be remembered, and no keychain taken, costs nobody their work', async () => {
  const { control, userData, folder, found, warnings } = await aLaptop()
  unwrap(await control.lock())
  found.keychain = keychain
  for (const path of [join(userData, 'last-person.json.new'), join(folder, 'header.json.new')]) await mkdir(path)
  expect(unwrap(await control.unlock(PASSPHRASE))).toMatchObject({ phase: 'open' })
  expect(warnings).toEqual(['vault.keychain-not-taken', 'session.last-vault-not-kept'])
  expect(await control.open?.journal.append([aCommand(1)])).toMatchObject({ ok: true })
})

test('locking erases the keys and tells the window also where a file cannot be closed', async () => {
  const { control, closings, warnings } = await aLaptop()
  const open = control.open
  if (!open) throw new Error('not open')
  open.journal.close = () => Promise.reject(new Error('EIO'))
  await control.lock()
  expect([...open.vault.keys.data]).toEqual(new Array(32).fill(0))
  expect([closings, warnings]).toEqual([[false], ['session.close-failed']])
})

test('a vault that cannot be read now is not set aside: signing in says so, and opens it with its unsent work afterwards', async () => {
  const { control, folder } = await aLaptop()
  await control.open?.journal.append([aCommand(1)])
  await control.lock()
  const beside = await readdir(dirname(folder))
  for (const name of ['header.json', 'session.sealed']) {
    const path = join(folder, name)
    await rename(path, `${path}.held`)
    await mkdir(path) // reading it fails, as on a failing disk or without free file handles
    expect(await control.signIn(EMAIL, PASSPHRASE)).toMatchObject({ ok: false, error: { code: 'storage/write-failed' } })
    await rmdir(path)
    await rename(`${path}.held`, path)
  }
  expect(await readdir(dirname(folder))).toEqual(beside)
  unwrap(await control.signIn(EMAIL, PASSPHRASE))
  expect(control.open?.journal.listOpen()).toHaveLength(1)
})
