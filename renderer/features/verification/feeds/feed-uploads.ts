import type { AppError } from '../../../../shared/errors/error-codes.ts'

/** A file between being dropped and appearing in the list of feed files. */
export interface FeedUpload {
  readonly id: string // becomes the feed file's id
  readonly name: string
  readonly sizeBytes: number
  readonly step: 'waiting' | 'storing' | 'sent' | 'failed'
  readonly error: AppError | null // set when failed
}

export const MAX_FEED_BYTES = 20 * 1024 * 1024

export type UploadAction =
  | { readonly type: 'added'; readonly uploads: readonly FeedUpload[] }
  | { readonly type: 'moved'; readonly id: string; readonly step: 'storing' | 'sent' }
  | { readonly type: 'failed'; readonly id: string; readonly error: AppError }
  | { readonly type: 'dismissed'; readonly id: string }

export function reduceUploads(uploads: readonly FeedUpload[], action: UploadAction): readonly FeedUpload[] {
  switch (action.type) {
    case 'added':
      return [...action.uploads, ...uploads]
    case 'moved':
      return uploads.map((upload) => (upload.id === action.id ? { ...upload, step: action.step } : upload))
    case 'failed':
      return uploads.map((upload) => (upload.id === action.id ? { ...upload, step: 'failed', error: action.error } : upload))
    case 'dismissed':
      return uploads.filter((upload) => upload.id !== action.id)
  }
}

/** Uploads that no feed file stands for yet. */
export const listPendingUploads = (uploads: readonly FeedUpload[], feedFileIds: ReadonlySet<string>): readonly FeedUpload[] =>
  uploads.filter((upload) => !feedFileIds.has(upload.id))
