import type { CommandContext, RowReader } from '../../commands/define-command.ts'
import type { AppError } from '../../errors/error-codes.ts'
import { localDateOf } from '../../lib/local-date.ts'
import { ok, type Result } from '../../lib/result.ts'
import { refuse } from '../common/refuse.ts'
import type { Household, QuietPeriod } from '../household/household.ts'
import type { ContactStatement } from './contact-entry.ts'

/** A laptop's clock may run ahead; a contact further in the future than this is a slip. */
const FUTURE_SLACK_MS = 24 * 3_600_000

/** The quiet period in force on a day, or undefined. */
export const quietPeriodOn = (household: Pick<Household, 'quietPeriods'>, dayOn: string): QuietPeriod | undefined =>
  household.quietPeriods.find((q) => q.fromOn <= dayOn && (q.toOn === null || dayOn <= q.toOn))

/**
 * What must hold for a contact's statement: the household is there, every attendee of the client's side belongs to it,
 * the time is not in the future, and no quiet period forbids a contact that we began.
 */
export function checkStatement(
  rows: RowReader,
  householdId: string,
  statement: Pick<ContactStatement, 'personIds' | 'occurredAtMs' | 'direction' | 'zone'>,
  context: CommandContext,
): Result<void, AppError> {
  const household = rows.find('households', householdId)
  if (!household) return refuse('access/not-found')
  for (const personId of statement.personIds) {
    const isMember = rows.find('persons', personId)?.memberships.some((m) => m.householdId === householdId)
    if (!isMember) return refuse('contact/attendee-unknown')
  }
  if (statement.occurredAtMs > (context.receivedAtMs ?? context.madeAtMs) + FUTURE_SLACK_MS) return refuse('contact/in-the-future')
  const dayOn = localDateOf(statement.occurredAtMs, statement.zone) // throws on an unknown zone: no screen could show the time
  if (statement.direction === 'outbound' && quietPeriodOn(household, dayOn)) return refuse('contact/quiet-period')
  return ok(undefined)
}
