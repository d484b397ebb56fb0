import { z } from 'zod'
import { type AppError, appError, errorCatalog } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { HttpRequest } from '../sync/http-client.ts'
import type { BlobStore } from './blob-store.ts'

type Send = <T>(request: HttpRequest<T>) => Promise<Result<T, AppError>>

/** 20 MB over a slow line. */
const UPLOAD_TIMEOUT_MS = 300_000

/** Sends one file, also one that was sent before. 'feed/file-missing' = it is not on this laptop. */
export async function uploadBlob(blobs: BlobStore, send: Send, sha256: string): Promise<Result<void, AppError>> {
  const bytes = await blobs.read(sha256)
  if (!bytes) return err(appError('feed/file-missing', { sha256 }))
  const sent = await send({ method: 'PUT', path: `/v1/files/${sha256}`, bytes, response: z.unknown(), timeoutMs: UPLOAD_TIMEOUT_MS })
  if (!sent.ok) return sent
  await blobs.markSent(sha256)
  return ok(undefined)
}

/**
 * Sends all files that wait. One that the server refuses for good does not stop the others: its command tells the person.
 * @param stop aborted when the app is locked: from then on the key opens nothing, which must not pass for damage
 */
export async function uploadPending(blobs: BlobStore, send: Send, stop: AbortSignal): Promise<Result<void, AppError>> {
  for (const sha256 of await blobs.listPending()) {
    const result = await uploadBlob(blobs, send, sha256)
    if (stop.aborted) break
    if (result.ok) continue
    if (result.error.code === 'feed/file-missing') await blobs.setDamagedAside(sha256)
    else if (errorCatalog[result.error.code].retry !== 'never') return result
  }
  return ok(undefined)
}
