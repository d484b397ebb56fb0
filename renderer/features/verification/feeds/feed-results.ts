import type { AccountActivity } from '../../../../shared/domain/feed/account-activity.ts'
import type { FeedFile } from '../../../../shared/domain/feed/feed-file.ts'
import type { VerificationCase } from '../../../../shared/domain/verification/verification-case.ts'
import { type AppError, type ErrorCode, errorCatalog } from '../../../../shared/errors/error-codes.ts'

export const newestFirst = (files: readonly FeedFile[]): readonly FeedFile[] => [...files].sort((a, b) => b.importedAtMs - a.importedAtMs || (a.id < b.id ? 1 : -1))

/**
 * Claims with a proposal that rests on lines of each file, by the file's id.
 * One pass over lines and cases, since a firm has many of both.
 */
export function listClaimsByFile(activities: readonly AccountActivity[], cases: readonly VerificationCase[]): ReadonlyMap<string, readonly string[]> {
  const fileOf = new Map(activities.map((activity) => [activity.id, activity.fileId]))
  const claims = new Map<string, Set<string>>()
  for (const opened of cases) {
    for (const activityId of opened.proposals.flatMap((proposal) => proposal.activityIds)) {
      const fileId = fileOf.get(activityId)
      if (fileId !== undefined) claims.set(fileId, (claims.get(fileId) ?? new Set()).add(opened.id))
    }
  }
  return new Map([...claims].map(([fileId, ids]) => [fileId, [...ids]]))
}

/** A quarantine reason as an error text; a code of a newer server becomes the general one. */
export function toFeedError(reason: FeedFile['quarantined'][number]['reasons'][number]): AppError {
  const isKnown = Object.hasOwn(errorCatalog, reason.code)
  return { code: isKnown ? (reason.code as ErrorCode) : 'feed/malformed', params: reason.params }
}

/** Statements that came in with an earlier file, and those that were set aside for another reason. */
export function splitQuarantined(file: FeedFile): { readonly seenCount: number; readonly setAside: FeedFile['quarantined'] } {
  const setAside = file.quarantined.filter((statement) => statement.reasons.some((reason) => reason.code !== 'feed/statement-seen-before'))
  return { seenCount: file.quarantined.length - setAside.length, setAside }
}
