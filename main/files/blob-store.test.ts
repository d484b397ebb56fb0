import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { unwrap } from '../outbox/journal-fixture.ts'
import { BlobStore } from './blob-store.ts'

const key = Buffer.alloc(32, 1)
const aFolder = () => mkdtemp(join(tmpdir(), 'rapport-files-'))

test('keeps a file sealed under its hash, before and after it was sent', async () => {
  const folder = await aFolder()
  const { sha256, sizeBytes } = unwrap(await new BlobStore(folder, key).stage(Buffer.from('statement of a client')))
  expect([sha256, sizeBytes]).toMatchObject([expect.stringMatching(/^[0-9a-f]{64}$/), 21])
  expect((await readFile(join(folder, 'pending', sha256))).includes('client')).toBe(false)
  const reopened = new BlobStore(folder, key)
  expect(await reopened.listPending()).toEqual([sha256])
  await reopened.markSent(sha256)
  expect(await reopened.listPending()).toEqual([])
  expect((await reopened.read(sha256))?.toString()).toBe('statement of a client')
  expect(await new BlobStore(folder, Buffer.alloc(32, 2)).read(sha256)).toBeUndefined()
})

test('a damaged file counts as missing, and a name that is no hash leads nowhere', async () => {
  const folder = await aFolder()
  const store = new BlobStore(folder, key)
  const { sha256 } = unwrap(await store.stage(Buffer.from('x')))
  const path = join(folder, 'pending', sha256)
  const bytes = await readFile(path)
  bytes[0] = (bytes[0] ?? 0) ^ 1
  await writeFile(path, bytes)
  expect(await store.read(sha256)).toBeUndefined()
  expect(await store.read('../../header.json')).toBeUndefined()
})
