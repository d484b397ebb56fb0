import type { FollowUp } from '../../../shared/domain/follow-up/follow-up.ts'
import type { LocalDate } from '../../../shared/lib/local-date.ts'
import { instantOf, wallClockOf } from '../../../shared/lib/zoned-time.ts'
import type { AnyCall } from '../../commands/any-call.ts'

/** A change of one follow-up and what takes it back. */
export interface FollowUpChange {
  readonly call: AnyCall
  readonly inverse: AnyCall
}

export function completeOrReopen({ id, state }: Pick<FollowUp, 'id' | 'state'>): FollowUpChange {
  const complete: AnyCall = { name: 'follow-up/complete', args: { id } }
  const reopen: AnyCall = { name: 'follow-up/reopen', args: { id } }
  return state === 'open' ? { call: complete, inverse: reopen } : { call: reopen, inverse: complete }
}

/** Moves it to another day; the reminder goes along, at the same time of day. Null where it is that day already. */
export function snooze(followUp: Pick<FollowUp, 'id' | 'dueOn' | 'remindAtMs' | 'zone'>, dueOn: LocalDate): FollowUpChange | null {
  const { id, zone } = followUp
  if (dueOn === followUp.dueOn) return null
  const remindAtMs = followUp.remindAtMs === null ? null : instantOf(dueOn, wallClockOf(followUp.remindAtMs, zone).time, zone)
  const from = { dueOn: followUp.dueOn, remindAtMs: followUp.remindAtMs }
  const to = { dueOn, remindAtMs }
  const move = (a: typeof to, b: typeof to): AnyCall => ({
    name: 'follow-up/snooze',
    args: { id, edits: { dueOn: { from: a.dueOn, to: b.dueOn }, ...(a.remindAtMs === b.remindAtMs ? {} : { remindAtMs: { from: a.remindAtMs, to: b.remindAtMs } }) } },
  })
  return { call: move(from, to), inverse: move(to, from) }
}

export function reassign({ id, assigneeId }: Pick<FollowUp, 'id' | 'assigneeId'>, toId: string): FollowUpChange | null {
  if (toId === assigneeId) return null
  const hand = (from: string, to: string): AnyCall => ({ name: 'follow-up/reassign', args: { id, edits: { assigneeId: { from, to } } } })
  return { call: hand(assigneeId, toId), inverse: hand(toId, assigneeId) }
}
