import type { CommandArgs } from '../../../shared/commands/registry.ts'
import type { Account } from '../../../shared/domain/account/account.ts'
import { instantOf } from '../../../shared/lib/zoned-time.ts'
import { cleanLine, cleanNote } from '../../commands/clean-text.ts'
import { claimStatementOf, findOutcomeProblems, type OutcomeProblem } from '../../outcome/outcome-form.ts'
import type { ContactForm, FollowUpForm } from './contact-form.ts'

export type LogArgs = CommandArgs<'contact/log'>

/** What stands in the way of saving; `field` is 'outcomes.<id>.<field>' inside an outcome. The text is `contact.problem.<code>`. */
export interface FormProblem {
  readonly field: string
  readonly code:
    | OutcomeProblem['code']
    | 'householdMissing'
    | 'subjectMissing'
    | 'whenUnclear'
    | 'lengthWrong'
    | 'attendeeMissing'
    | 'followUpDayMissing'
    | 'limitReasonMissing'
    | 'whenFuture'
    | 'quiet'
    | 'notCovered'
}

export interface BuildContext {
  readonly nowMs: number
  readonly zone: string
  readonly accounts: readonly Pick<Account, 'id' | 'currency'>[]
  readonly occurredAtMs: number | null // what the typed time means; null = not understood
  readonly isQuiet: boolean // a quiet period forbids contact that we begin
  readonly isCovered: boolean // the author covers the household
  readonly isLimitReasonNeeded: boolean
  readonly limitReasonLabel: string // 'Reason although the limit is reached', in the person's language
}

/** A call that ends in a few minutes may be logged now; anything later is a plan. */
const FUTURE_SLACK_MS = 3_600_000

/** Everything that the person has to put right, in the order of the screen. */
export function findProblems(form: ContactForm, context: BuildContext): readonly FormProblem[] {
  const { lengthMinutes } = form
  return [
    ...(form.householdId === null ? [{ field: 'household', code: 'householdMissing' } as const] : []),
    ...(form.colleagueIds.length === 0 ? [{ field: 'colleagues', code: 'attendeeMissing' } as const] : []),
    ...(form.direction === 'outbound' && context.isQuiet ? [{ field: 'direction', code: 'quiet' } as const] : []),
    ...(form.direction === 'outbound' && !context.isCovered ? [{ field: 'direction', code: 'notCovered' } as const] : []),
    ...(context.occurredAtMs === null ? [{ field: 'when', code: 'whenUnclear' } as const] : []),
    ...(context.occurredAtMs !== null && context.occurredAtMs > context.nowMs + FUTURE_SLACK_MS ? [{ field: 'when', code: 'whenFuture' } as const] : []),
    ...(lengthMinutes === null || lengthMinutes < 0 || lengthMinutes > 1_440 || !Number.isInteger(lengthMinutes) ? [{ field: 'length', code: 'lengthWrong' } as const] : []),
    ...(form.subject.trim() === '' ? [{ field: 'subject', code: 'subjectMissing' } as const] : []),
    ...(form.followUp && form.followUp.dueOn === null ? [{ field: 'followUp', code: 'followUpDayMissing' } as const] : []),
    ...form.outcomes.flatMap((o) => findOutcomeProblems(o, context.accounts).map(({ field, code }) => ({ field: `outcomes.${o.id}.${field}`, code }))),
    ...(context.isLimitReasonNeeded && form.limitReason.trim() === '' ? [{ field: 'limitReason', code: 'limitReasonMissing' } as const] : []),
  ]
}

function followUpArgs(followUp: FollowUpForm, form: ContactForm, zone: string): readonly LogArgs['followUps'][number][] {
  const { dueOn, remindAt } = followUp
  if (dueOn === null) return []
  const remindAtMs = remindAt === null ? null : instantOf(dueOn, remindAt, zone)
  return [{ id: followUp.id, title: cleanLine(followUp.title || form.subject).slice(0, 200), note: '', dueOn, remindAtMs, zone, assigneeId: followUp.assigneeId }]
}

/** The arguments of 'contact/log', or what has to be put right first. Never throws. */
export function buildLogArgs(
  form: ContactForm,
  context: BuildContext,
): { readonly ok: true; readonly value: LogArgs } | { readonly ok: false; readonly error: readonly FormProblem[] } {
  const problems = findProblems(form, context)
  if (problems.length > 0 || form.householdId === null || context.occurredAtMs === null) return { ok: false, error: problems }
  const note = cleanNote(form.note)
  const reason = context.isLimitReasonNeeded ? `${context.limitReasonLabel}: ${cleanLine(form.limitReason)}` : ''
  return {
    ok: true,
    value: {
      id: form.entryId,
      householdId: form.householdId,
      channel: form.channel,
      direction: form.direction,
      occurredAtMs: context.occurredAtMs,
      zone: context.zone,
      lengthMinutes: form.lengthMinutes ?? 0,
      place: cleanLine(form.place),
      personIds: [...form.personIds],
      colleagueIds: [...form.colleagueIds],
      isReached: form.isReached,
      purpose: form.purpose,
      subject: cleanLine(form.subject).slice(0, 200),
      note: [reason, note].filter(Boolean).join('\n'),
      initiativeId: form.initiativeId,
      isConfidential: form.isConfidential,
      followUps: form.followUp ? [...followUpArgs(form.followUp, form, context.zone)] : [],
      claims: form.outcomes.map(claimStatementOf),
    },
  }
}
