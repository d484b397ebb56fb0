import { wallClockOf } from '../../../shared/lib/zoned-time.ts'
import { outcomeFormOf } from '../../outcome/outcome-form.ts'
import type { LogArgs } from './build-log-args.ts'
import type { ContactForm, FollowUpForm } from './contact-form.ts'

function followUpForm(args: LogArgs['followUps'][number], newId: () => string): FollowUpForm {
  const { title, dueOn, remindAtMs, zone, assigneeId } = args
  return { id: newId(), title, dueOn, remindAt: remindAtMs === null ? null : wallClockOf(remindAtMs, zone).time, assigneeId }
}

/**
 * The form as it was before a refused 'contact/log' was saved. Ids are new: the refused command's ids stay with it,
 * so that discarding it after the resend takes nothing of the new entry away.
 */
export function formFromArgs(args: LogArgs, newId: () => string): ContactForm {
  const first = args.followUps[0]
  const at = wallClockOf(args.occurredAtMs, args.zone)
  return {
    entryId: newId(),
    quickLine: '',
    householdId: args.householdId,
    personIds: args.personIds,
    colleagueIds: args.colleagueIds,
    channel: args.channel,
    direction: args.direction,
    whenText: `${at.on} ${at.time}`,
    lengthMinutes: args.lengthMinutes,
    place: args.place,
    isReached: args.isReached,
    purpose: args.purpose,
    subject: args.subject,
    isSubjectOwn: true,
    note: args.note,
    isNoteOwn: true,
    initiativeId: args.initiativeId,
    isConfidential: args.isConfidential,
    followUp: first ? followUpForm(first, newId) : null,
    outcomes: args.claims.map((c) => ({ ...outcomeFormOf(c), id: newId() })),
    limitReason: '',
  }
}
