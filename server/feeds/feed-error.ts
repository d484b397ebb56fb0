/** Why a file could not be read at all. `where` and `detail` never hold text from the file's free-text fields. */
export type FeedError =
  | { readonly code: 'feed/unreadable' }
  | { readonly code: 'feed/unknown-format' }
  | { readonly code: 'feed/too-large'; readonly limitBytes: number }
  | { readonly code: 'feed/malformed'; readonly where: string; readonly detail: string }
  | { readonly code: 'feed/too-many-lines'; readonly limitLines: number }
  | { readonly code: 'feed/doctype-forbidden' }

/** trust.md T9: limits of every import. */
export const FEED_LIMITS = {
  fileBytes: 20 * 1024 * 1024,
  lines: 100_000,
  nestedTags: 40,
  /** '<' characters; stops a file of empty tags from filling the memory. */
  xmlTags: 3_000_000,
  textChars: 32_000,
} as const

/**
 * Collects what is wrong while a reader walks a file; the first finding decides. A reader notes it, goes on with a
 * stand-in value, and `readStatementFile` returns the error instead of the file.
 */
export interface FeedProblems {
  first: FeedError | null
}

export const newFeedProblems = (): FeedProblems => ({ first: null })

export function noteMalformed(problems: FeedProblems, where: string, detail: string): void {
  problems.first ??= { code: 'feed/malformed', where, detail }
}
