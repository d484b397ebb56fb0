import { mkdtemp, readFile, rename, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { appError } from '../../shared/errors/error-codes.ts'
import { err, ok } from '../../shared/lib/result.ts'
import { unwrap } from '../outbox/journal-fixture.ts'
import type { HttpRequest } from '../sync/http-client.ts'
import { BlobStore } from './blob-store.ts'
import { uploadPending } from './upload-blobs.ts'

async function aStore(key = Buffer.alloc(32, 1), folder?: string) {
  const blobs = new BlobStore(folder ?? (await mkdtemp(join(tmpdir(), 'rapport-upload-'))), key)
  for (const text of ['one', 'two', 'three']) unwrap(await blobs.stage(Buffer.from(text)))
  return blobs
}
const parsed = <T>(request: HttpRequest<T>, body: unknown) => ok('response' in request ? request.response.parse(body) : (undefined as T))

test('locking while files are on their way leaves those behind the present one where they are', async () => {
  const key = Buffer.alloc(32, 1)
  const blobs = await aStore(key)
  const stopping = new AbortController()
  await uploadPending(
    blobs,
    async (request) => {
      stopping.abort() // as the engine's stop, after which the vault overwrites its keys
      key.fill(0)
      return parsed(request, {})
    },
    stopping.signal,
  )
  expect(await blobs.listPending()).toHaveLength(2)
})

test('a file that the server refuses for good does not stop the others, a lost connection does', async () => {
  const refused = await aStore()
  const refusedPaths: string[] = []
  const first = (await refused.listPending())[0]
  const result = await uploadPending(
    refused,
    async (request) => {
      refusedPaths.push(request.path)
      return request.path.endsWith(first ?? '-') ? err(appError('feed/too-large')) : parsed(request, {})
    },
    new AbortController().signal,
  )
  expect([result.ok, refusedPaths.length, await refused.listPending()]).toEqual([true, 3, [first]])
  const offline = await aStore()
  expect(await uploadPending(offline, async () => err(appError('sync/offline')), new AbortController().signal)).toMatchObject({ ok: false })
  expect(await offline.listPending()).toHaveLength(3)
})

test('files that somebody exchanged make room for the others and are kept aside; one that the disk does not give now waits', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-upload-'))
  const blobs = await aStore(undefined, folder)
  const [damaged = '', unreadable = ''] = await blobs.listPending()
  const exchanged = await readFile(join(folder, 'pending', unreadable))
  await writeFile(join(folder, 'pending', damaged), exchanged)
  const path = join(folder, 'pending', unreadable)
  await rename(path, `${path}.held`)
  await symlink(unreadable, path) // leads to itself: there, and reading fails
  expect(await uploadPending(blobs, async (request) => parsed(request, {}), new AbortController().signal)).toMatchObject({ ok: true })
  expect(await blobs.listPending()).toEqual([unreadable])
  expect(await readFile(join(folder, 'pending', `${damaged}.damaged`))).toEqual(exchanged)
})
