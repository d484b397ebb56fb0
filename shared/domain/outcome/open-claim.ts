import type { CommandContext, RowReader, RowTransaction } from '../../commands/define-command.ts'
import type { AppError } from '../../errors/error-codes.ts'
import { ok, type Result } from '../../lib/result.ts'
import { sumsToWhole } from '../account/account.ts'
import { refuse } from '../common/refuse.ts'
import { type OutcomeClaim, outcomeClaimSchema } from './outcome-claim.ts'

/** A claim as its maker states it. */
export const newClaimSchema = outcomeClaimSchema.pick({
  id: true,
  kind: true,
  accountId: true,
  claimedMinor: true,
  currency: true,
  expectedOn: true,
  creditSplit: true,
  note: true,
})

type ClaimStatement = Pick<OutcomeClaim, 'kind' | 'accountId' | 'claimedMinor' | 'currency' | 'expectedOn' | 'creditSplit' | 'householdId'>
type NewClaim = ClaimStatement & Pick<OutcomeClaim, 'id' | 'note' | 'entryId' | 'contactOn'>

/** What must hold for a claim, new or edited: whole split, the household's open account, its currency, a pledge's day. */
export function checkClaim(rows: RowReader, claim: ClaimStatement): Result<void, AppError> {
  if (!sumsToWhole(claim.creditSplit) || new Set(claim.creditSplit.map((s) => s.colleagueId)).size !== claim.creditSplit.length) return refuse('outcome/split')
  if (claim.kind === 'pledge' && claim.expectedOn === null) return refuse('outcome/expected-needed')
  if (claim.kind === 'mandate') return claim.accountId === null ? ok(undefined) : refuse('outcome/account')
  if (claim.accountId === null) return refuse('outcome/account-needed')
  const account = rows.find('accounts', claim.accountId)
  if (!account || account.householdId !== claim.householdId || account.closedOn !== null) return refuse('outcome/account')
  if (account.currency !== claim.currency) return refuse('outcome/currency', { currency: account.currency })
  return ok(undefined)
}

/** Puts a new claim and opens its verification case. */
export function openClaim(tx: RowTransaction, claim: NewClaim, context: CommandContext): Result<void, AppError> {
  if (tx.find('outcomeClaims', claim.id)) return refuse('conflict/exists')
  const checked = checkClaim(tx, claim)
  if (!checked.ok) return checked
  tx.put('outcomeClaims', {
    ...claim,
    makerId: context.actorId,
    fundedMinor: 0,
    confirmedMinor: 0,
    state: claim.kind === 'pledge' ? 'pledged' : 'claimed',
    claimedAtMs: context.madeAtMs,
    question: null,
    decision: null,
    history: [{ atMs: context.madeAtMs, byId: context.actorId, what: 'claimed', amountMinor: claim.claimedMinor, text: null }],
  })
  tx.put('verificationCases', {
    id: claim.id,
    householdId: claim.householdId,
    makerId: context.actorId,
    openedAtMs: context.receivedAtMs ?? context.madeAtMs,
    proposals: [],
    verdicts: [],
  })
  return ok(undefined)
}
