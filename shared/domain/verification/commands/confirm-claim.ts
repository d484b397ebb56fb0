import { defineCommand } from '../../../commands/define-command.ts'
import { ok } from '../../../lib/result.ts'
import { refuse } from '../../common/refuse.ts'
import { confirmClaim, confirmKeys, confirmSchema, toleranceMinor } from '../decide-claim.ts'

/**
 * A controller confirms the whole claim. The evidence must reach it within the tolerance, since charges may have been
 * taken off on the way; what counts is the money that came. No more of a line is used than was claimed.
 */
export const confirmWhole = defineCommand({
  name: 'verification/confirm',
  version: 1,
  schema: confirmSchema,
  reads: confirmKeys,
  apply: (tx, args, context) =>
    confirmClaim(tx, args, 'confirmed', context, (claim, sumMinor) => {
      if (claim.kind === 'mandate') return ok(claim.claimedMinor)
      const missingMinor = claim.claimedMinor - sumMinor
      if (missingMinor > toleranceMinor(claim.claimedMinor, claim.currency)) return refuse('verification/amount', { missingMinor, currency: claim.currency })
      return missingMinor < 0 ? refuse('verification/above-claim') : ok(sumMinor)
    }),
})

/** A controller confirms what has come in, less than the claim. */
export const confirmPartly = defineCommand({
  name: 'verification/confirm-partly',
  version: 1,
  schema: confirmSchema,
  reads: confirmKeys,
  apply: (tx, args, context) =>
    confirmClaim(tx, args, 'partlyConfirmed', context, (claim, sumMinor) => {
      if (sumMinor === 0) return refuse('verification/evidence-needed')
      return sumMinor < claim.claimedMinor ? ok(sumMinor) : refuse('verification/amount-not-part')
    }),
})
