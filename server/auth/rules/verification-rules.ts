import { partiesOf } from '../../../shared/domain/outcome/outcome-claim.ts'
import { type AppError, appError } from '../../../shared/errors/error-codes.ts'
import type { Rules } from '../can.ts'
import { notFound, type Standing } from '../standing.ts'

/** Four eyes: whoever decides neither made the claim, nor is paid for it, nor reports to someone who did or is. */
function checkFourEyes({ id }: { readonly id: string }, standing: Standing): AppError | null {
  const claim = standing.rows.find('outcomeClaims', id)
  if (!claim) return notFound
  const hasPart = partiesOf(claim).some((person) => person === standing.actor.id || standing.people.reportsTo(standing.actor.id, person))
  return hasPart ? appError('access/four-eyes') : null
}

/** A mandate rests on its letter: a line of the bank would lose the money to it that proves a deposit. No screen offers that. */
function checkConfirmation(args: { readonly id: string; readonly evidence: readonly unknown[] }, standing: Standing): AppError | null {
  const refusal = checkFourEyes(args, standing)
  if (refusal) return refusal
  const isMandate = standing.rows.find('outcomeClaims', args.id)?.kind === 'mandate'
  return isMandate && args.evidence.length > 0 ? appError('verification/evidence-unfit') : null
}

export const verificationRules: Rules<'verification/import' | 'verification/confirm' | 'verification/confirm-partly' | 'verification/reject' | 'verification/return'> = {
  'verification/import': () => null, // the role is all it asks
  'verification/confirm': checkConfirmation,
  'verification/confirm-partly': checkConfirmation,
  'verification/reject': checkFourEyes,
  'verification/return': checkFourEyes,
}
