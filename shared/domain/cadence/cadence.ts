import { addDays, type LocalDate, localDateOf, nextWorkingDay } from '../../lib/local-date.ts'
import type { ContactEntry } from '../contact/contact-entry.ts'
import { quietPeriodOn } from '../contact/contact-rules.ts'
import type { Household } from '../household/household.ts'
import { type CadenceRule, cadenceRules, NEAR_LIMIT_SHARE } from '../policy/default-policy.ts'

export type CadenceState = 'onTrack' | 'due' | 'overdue' | 'nearLimit' | 'overLimit' | 'quiet'
type CountedEntry = Pick<ContactEntry, 'state' | 'occurredAtMs' | 'zone' | 'direction' | 'isReached' | 'channel'>

export interface Cadence {
  readonly state: CadenceState
  readonly lastTouchOn: LocalDate | null // null = never reached
  readonly dueOn: LocalDate
  readonly overdueOn: LocalDate
  readonly burden30: number // contacts that we began in the last 30 days, all people and channels
  readonly maxIn30: number
  readonly calls7: number // our calls in the last 7 days
  readonly maxCalls7: number
  readonly quietUntil: LocalDate | null | undefined // undefined = not quiet, null = quiet until lifted
}

interface Dated {
  readonly entry: CountedEntry
  readonly on: LocalDate
}

/** Unanswered attempts since the last touch or contact by the client, newest first. */
function attemptsInARow(dated: readonly Dated[]): number {
  const newestFirst = dated.toSorted((a, b) => b.entry.occurredAtMs - a.entry.occurredAtMs)
  const answered = newestFirst.findIndex(({ entry }) => entry.isReached || entry.direction === 'inbound')
  return answered === -1 ? newestFirst.length : answered
}

/** The maximum of calls is that of one channel: it warns where a call is logged, and does not make a household one that nobody may write to. */
function stateOf(rule: CadenceRule, household: Pick<Household, 'relationship'>, todayOn: LocalDate, c: Omit<Cadence, 'state'>, attempts: number): CadenceState {
  if (c.quietUntil !== undefined) return 'quiet'
  if (c.burden30 >= c.maxIn30 || (rule.attemptsBeforeStop !== null && attempts >= rule.attemptsBeforeStop)) return 'overLimit'
  if (household.relationship === 'former') return 'onTrack'
  if (todayOn > c.overdueOn) return 'overdue'
  if (todayOn >= c.dueOn) return 'due'
  return c.burden30 >= NEAR_LIMIT_SHARE * c.maxIn30 ? 'nearLimit' : 'onTrack'
}

/**
 * Where a household stands between too seldom and too often on a day. Computed, never stored.
 * The clock restarts on a touch, or when the client began the contact (which adds nothing to the burden); voided
 * entries do not count. A household that was never reached is due at once. Due days move to working days of the
 * client's country.
 * @param isHoliday public holidays of that country; without it only weekends are skipped
 */
export function cadenceOf(input: {
  readonly household: Pick<Household, 'tier' | 'relationship' | 'quietPeriods'>
  readonly entries: readonly CountedEntry[]
  readonly todayOn: LocalDate
  readonly isHoliday?: (day: LocalDate) => boolean
}): Cadence {
  const { household, todayOn, isHoliday = () => false } = input
  const rule = cadenceRules[household.tier]
  const dated = input.entries.filter((e) => e.state === 'active').map((entry) => ({ entry, on: localDateOf(entry.occurredAtMs, entry.zone) }))
  const touches = dated.filter(({ entry }) => entry.isReached || entry.direction === 'inbound').map((d) => d.on)
  const lastTouchOn = touches.toSorted().at(-1) ?? null
  const ours = dated.filter(({ entry, on }) => entry.direction === 'outbound' && on <= todayOn)
  const since = (days: number) => ours.filter(({ on }) => on > addDays(todayOn, -days))
  const quiet = quietPeriodOn(household, todayOn)
  const figures = {
    lastTouchOn,
    dueOn: lastTouchOn === null ? todayOn : nextWorkingDay(addDays(lastTouchOn, rule.targetDays), isHoliday),
    overdueOn: nextWorkingDay(addDays(lastTouchOn ?? todayOn, rule.overdueDays), isHoliday),
    burden30: since(30).length,
    maxIn30: rule.contactsIn30Days,
    calls7: since(7).filter(({ entry }) => entry.channel === 'phone').length,
    maxCalls7: rule.callsIn7Days,
    quietUntil: quiet === undefined ? undefined : quiet.toOn,
  }
  return { state: stateOf(rule, household, todayOn, figures, attemptsInARow(dated)), ...figures }
}
