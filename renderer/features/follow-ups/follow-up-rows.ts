import type { Colleague } from '../../../shared/domain/colleague/colleague.ts'
import type { FollowUp } from '../../../shared/domain/follow-up/follow-up.ts'
import type { Household } from '../../../shared/domain/household/household.ts'
import { foldText } from '../../../shared/lib/fold-text.ts'
import { addDays, type LocalDate, weekdayOf } from '../../../shared/lib/local-date.ts'

export type FollowUpGroup = 'overdue' | 'today' | 'week' | 'later' | 'done'
const followUpGroups: readonly FollowUpGroup[] = ['overdue', 'today', 'week', 'later', 'done']

export interface FollowUpRow {
  readonly kind: 'followUp'
  readonly id: string
  readonly followUp: FollowUp
  readonly householdName: string
  readonly assigneeName: string
}

/** The list's rows in order: each group that has any, opened by its heading. */
export type FollowUpListRow = { readonly kind: 'group'; readonly id: string; readonly group: FollowUpGroup; readonly count: number } | FollowUpRow

export interface FollowUpFilter {
  readonly scope: 'mine' | 'team' | 'all'
  readonly query: string
}

export interface FollowUpSources {
  readonly followUps: readonly FollowUp[]
  readonly households: readonly Household[]
  readonly colleagues: readonly Colleague[]
  readonly self: Pick<Colleague, 'id' | 'teamId'>
  readonly todayOn: LocalDate
}

/** Done ones that still show; older ones are on the household's page. */
const DONE_DAYS = 30
const DAY_MS = 86_400_000

/** The week ends on Sunday. */
export function groupOf(followUp: Pick<FollowUp, 'state' | 'dueOn'>, todayOn: LocalDate): FollowUpGroup {
  if (followUp.state === 'done') return 'done'
  if (followUp.dueOn < todayOn) return 'overdue'
  if (followUp.dueOn === todayOn) return 'today'
  return followUp.dueOn <= addDays(todayOn, (7 - weekdayOf(todayOn)) % 7) ? 'week' : 'later'
}

const bySoonest = (a: FollowUpRow, b: FollowUpRow): number => a.followUp.dueOn.localeCompare(b.followUp.dueOn) || a.followUp.id.localeCompare(b.followUp.id)
const byLastDone = (a: FollowUpRow, b: FollowUpRow): number => (b.followUp.doneAtMs ?? 0) - (a.followUp.doneAtMs ?? 0)

export function buildFollowUpRows(sources: FollowUpSources, filter: FollowUpFilter, nowMs: number): { readonly rows: readonly FollowUpListRow[]; readonly openCount: number } {
  const { followUps, households, colleagues, self, todayOn } = sources
  const householdNames = new Map(households.map((h) => [h.id, h.name]))
  const colleagueOf = new Map(colleagues.map((c) => [c.id, c]))
  const isInScope = (f: FollowUp): boolean => {
    if (filter.scope === 'all' || f.assigneeId === self.id) return true
    return filter.scope === 'team' && self.teamId !== null && colleagueOf.get(f.assigneeId)?.teamId === self.teamId
  }
  const words = foldText(filter.query).split(' ').filter(Boolean)
  const rows = followUps
    .filter((f) => isInScope(f) && (f.state === 'open' || (f.doneAtMs ?? 0) > nowMs - DONE_DAYS * DAY_MS))
    .map((followUp): FollowUpRow => {
      const householdName = householdNames.get(followUp.householdId) ?? ''
      return { kind: 'followUp', id: followUp.id, followUp, householdName, assigneeName: colleagueOf.get(followUp.assigneeId)?.name ?? '' }
    })
    .filter((row) => {
      const folded = words.length === 0 ? '' : foldText(`${row.followUp.title} ${row.householdName} ${row.assigneeName}`)
      return words.every((w) => folded.includes(w))
    })
  const grouped = Map.groupBy(rows, (row) => groupOf(row.followUp, todayOn))
  const listed = followUpGroups.flatMap((group): readonly FollowUpListRow[] => {
    const members = grouped.get(group) ?? []
    if (members.length === 0) return []
    return [{ kind: 'group', id: `group ${group}`, group, count: members.length }, ...members.toSorted(group === 'done' ? byLastDone : bySoonest)]
  })
  return { rows: listed, openCount: rows.length - (grouped.get('done')?.length ?? 0) }
}

/**
 * The follow-up meant by going to a row: headings cannot be chosen, so from above one goes on below it and the other
 * way round.
 */
export function rowMeant(rows: readonly FollowUpListRow[], target: FollowUpListRow, selectedId: string | null): FollowUpRow | null {
  if (target.kind === 'followUp') return target
  const index = rows.indexOf(target)
  const before = rows[index - 1]
  const isGoingUp = before !== undefined && selectedId !== null && rows.findIndex((r) => r.id === selectedId) > index
  const row = isGoingUp ? before : rows[index + 1]
  return row?.kind === 'followUp' ? row : null
}
