import { type AppError, appError } from '../../../shared/errors/error-codes.ts'
import type { Rules } from '../can.ts'
import { notFound, type Standing } from '../standing.ts'
import { findReadableEntry, isRefusal } from './contact-rules.ts'

/** Only people who cover the household are paid for what came of a contact. */
export function checkSplit(split: readonly { readonly colleagueId: string }[], householdId: string, standing: Standing): AppError | null {
  return split.every((s) => standing.people.isSales(s.colleagueId) && standing.covers(s.colleagueId, householdId)) ? null : appError('outcome/split')
}

/** Its maker changes a claim, nobody else. */
function checkMaker({ id }: { readonly id: string }, standing: Standing): AppError | null {
  const claim = standing.rows.find('outcomeClaims', id)
  if (!claim) return notFound
  return standing.seeingPart('outcomeClaims', claim) ?? (claim.makerId === standing.actor.id ? null : appError('access/not-author'))
}

export const outcomeRules: Rules<'outcome/claim' | 'outcome/edit' | 'outcome/withdraw'> = {
  'outcome/claim': (args, standing) => {
    const entry = findReadableEntry(args.entryId, standing)
    return isRefusal(entry) ? entry : checkSplit(args.creditSplit, entry.householdId, standing)
  },
  'outcome/edit': (args, standing) => {
    const refusal = checkMaker(args, standing)
    const claim = standing.rows.find('outcomeClaims', args.id)
    if (refusal || !claim || !args.edits.creditSplit) return refusal
    return checkSplit(args.edits.creditSplit.to, claim.householdId, standing)
  },
  'outcome/withdraw': checkMaker,
}
