import { useReducer } from 'react'
import { v7 as newId } from 'uuid'
import { type AppError, appError } from '../../../../shared/errors/error-codes.ts'
import type { Result } from '../../../../shared/lib/result.ts'
import { bridge } from '../../../bridge/window-api.ts'
import { useRunCommand } from '../../../commands/use-run-command.ts'
import { type FeedUpload, MAX_FEED_BYTES, reduceUploads } from './feed-uploads.ts'

const MEGABYTE = 1_048_576

/** Names as main accepts them: 255 characters, without control or direction characters. */
const safeName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028-\u202E\u2066-\u2069]/gu, '')
    .slice(-255) || 'statement'

export interface FeedImport {
  readonly uploads: readonly FeedUpload[]
  importFiles(files: readonly File[]): Promise<void>
  dismiss(id: string): void
}

/** Stores each file in main, then tells the server by a command; one file after the other, so that progress is honest. */
export function useFeedImport(): FeedImport {
  const [uploads, dispatch] = useReducer(reduceUploads, [])
  const run = useRunCommand()

  const importFile = async (id: string, name: string, file: File): Promise<Result<unknown, AppError>> => {
    if (file.size > MAX_FEED_BYTES) return { ok: false, error: appError('feed/too-large', { limitBytes: MAX_FEED_BYTES, limitMegabytes: MAX_FEED_BYTES / MEGABYTE }) }
    const bytes = await file.arrayBuffer().catch(() => null)
    if (bytes === null) return { ok: false, error: appError('feed/unreadable') }
    const staged = await bridge.invoke('file:stage', { name, bytes: new Uint8Array(bytes) })
    if (!staged.ok) return staged
    return run({ name: 'verification/import', args: { id, sha256: staged.value.sha256, name, sizeBytes: staged.value.sizeBytes } })
  }

  const importFiles = async (files: readonly File[]) => {
    const added = files.map((file) => ({ file, upload: { id: newId(), name: safeName(file.name), sizeBytes: file.size, step: 'waiting', error: null } as const }))
    dispatch({ type: 'added', uploads: added.map(({ upload }) => upload) })
    for (const { file, upload } of added) {
      dispatch({ type: 'moved', id: upload.id, step: 'storing' })
      const result = await importFile(upload.id, upload.name, file)
      dispatch(result.ok ? { type: 'moved', id: upload.id, step: 'sent' } : { type: 'failed', id: upload.id, error: result.error })
    }
  }
  return { uploads, importFiles, dismiss: (id) => dispatch({ type: 'dismissed', id }) }
}
