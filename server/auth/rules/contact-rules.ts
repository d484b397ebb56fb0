import { mayReadEntry } from '../../../shared/domain/access/visibility.ts'
import type { ContactEntry } from '../../../shared/domain/contact/contact-entry.ts'
import { type AppError, appError } from '../../../shared/errors/error-codes.ts'
import type { Rules } from '../can.ts'
import { notFound, type Standing } from '../standing.ts'
import { checkAssignee } from './follow-up-rules.ts'
import { checkSplit } from './outcome-rules.ts'

/** The entry, where the actor may read it: household visible and, where confidential, theirs to read. */
export function findReadableEntry(id: string, standing: Standing): ContactEntry | AppError {
  const entry = standing.rows.find('contactEntries', id)
  if (!entry) return notFound
  const access = standing.accessTo(entry.householdId)
  if (access === 'ended') return appError('access/coverage-ended')
  return access !== null && mayReadEntry(entry, standing.actor.id, access) ? entry : notFound
}

export const isRefusal = (value: object): value is AppError => 'code' in value && 'params' in value

function checkOwnEntry(id: string, standing: Standing): AppError | null {
  const entry = findReadableEntry(id, standing)
  if (isRefusal(entry)) return entry
  return entry.authorId === standing.actor.id ? null : appError('access/not-author')
}

const checkColleagues = (ids: readonly string[], standing: Standing): AppError | null =>
  ids.every((id) => standing.people.isActive(id)) ? null : appError('contact/attendee-unknown')

/** Contacts that we begin are for those who cover the household themselves. */
const checkOutbound = (householdId: string, standing: Standing): AppError | null => (standing.covers(standing.actor.id, householdId) ? null : appError('access/role'))

const firstOf = (checks: readonly (AppError | null)[]): AppError | null => checks.find((c) => c !== null) ?? null

export const contactRules: Rules<'contact/log' | 'contact/amend' | 'contact/void'> = {
  'contact/log': (args, standing) =>
    standing.seeing(args.householdId) ??
    (args.direction === 'outbound' ? checkOutbound(args.householdId, standing) : null) ??
    checkColleagues(args.colleagueIds, standing) ??
    firstOf(args.followUps.map((f) => checkAssignee(f.assigneeId, args.householdId, standing))) ??
    firstOf(args.claims.map((c) => checkSplit(c.creditSplit, args.householdId, standing))),
  'contact/amend': (args, standing) => {
    const refusal = checkOwnEntry(args.id, standing)
    const entry = standing.rows.find('contactEntries', args.id)
    if (refusal || !entry) return refusal ?? notFound
    const added = (args.edits.colleagueIds?.to ?? []).filter((id) => !entry.colleagueIds.includes(id))
    return checkColleagues(added, standing) ?? (args.edits.direction?.to === 'outbound' ? checkOutbound(entry.householdId, standing) : null)
  },
  'contact/void': (args, standing) => checkOwnEntry(args.id, standing),
}
