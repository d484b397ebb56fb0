import { type AppError, appError } from '../../../shared/errors/error-codes.ts'
import type { Rules } from '../can.ts'
import { notFound, type Standing } from '../standing.ts'

/** Four eyes: whoever decides neither made the claim, nor is paid for it, nor reports to someone who did or is. */
function checkFourEyes({ id }: { readonly id: string }, standing: Standing): AppError | null {
  const claim = standing.rows.find('outcomeClaims', id)
  if (!claim) return notFound
  const interested = [claim.makerId, ...claim.creditSplit.map((s) => s.colleagueId)]
  const hasPart = interested.some((person) => person === standing.actor.id || standing.people.reportsTo(standing.actor.id, person))
  return hasPart ? appError('access/four-eyes') : null
}

export const verificationRules: Rules<'verification/import' | 'verification/confirm' | 'verification/confirm-partly' | 'verification/reject' | 'verification/return'> = {
  'verification/import': () => null, // the role is all it asks
  'verification/confirm': checkFourEyes,
  'verification/confirm-partly': checkFourEyes,
  'verification/reject': checkFourEyes,
  'verification/return': checkFourEyes,
}
