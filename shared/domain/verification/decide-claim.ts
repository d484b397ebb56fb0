import { z } from 'zod'
import type { CommandContext, RowKey, RowReader, RowTransaction } from '../../commands/define-command.ts'
import type { AppError } from '../../errors/error-codes.ts'
import { isDeepEqual } from '../../lib/deep-equal.ts'
import { minorDigits } from '../../lib/money.ts'
import { must } from '../../lib/must.ts'
import { ok, type Result } from '../../lib/result.ts'
import { amountField, idField, reasonField, sha256Field } from '../common/fields.ts'
import { refuse } from '../common/refuse.ts'
import { isClaimDecidable, type OutcomeClaim, partiesOf } from '../outcome/outcome-claim.ts'
import { secondControllerAboveMinor, verificationPolicy } from '../policy/default-policy.ts'
import type { VerificationCase } from './verification-case.ts'

export type Verdict = VerificationCase['verdicts'][number]
type Evidence = Verdict['evidence']

/** A decision that confirms: which lines, how much of each, or the signed letter of a mandate. */
export const confirmSchema = z.strictObject({
  id: idField,
  evidence: z.array(z.strictObject({ activityId: idField, amountMinor: amountField })).max(20),
  letterSha256: sha256Field.nullable(),
  reason: reasonField,
})
type ConfirmArgs = z.output<typeof confirmSchema>

export const caseKeys = (id: string): readonly RowKey[] => [
  { table: 'outcomeClaims', id },
  { table: 'verificationCases', id },
]

/** Rows that a confirmation reads: claim, case, and every line it uses. */
export const confirmKeys = (args: ConfirmArgs): readonly RowKey[] => [
  ...caseKeys(args.id),
  ...args.evidence.map((e) => ({ table: 'accountActivities', id: e.activityId }) as const),
]

/** Claim and case of a claim that is open for a decision by this person. The maker and the split are refused here too. */
export function findOpenCase(rows: RowReader, id: string, actorId: string): Result<{ claim: OutcomeClaim; opened: VerificationCase }, AppError> {
  const claim = rows.find('outcomeClaims', id)
  const opened = rows.find('verificationCases', id)
  if (!claim || !opened) return refuse('access/not-found')
  if (!isClaimDecidable(claim.state)) return refuse('verification/not-open', { state: claim.state })
  if (partiesOf(claim).includes(actorId)) return refuse('access/four-eyes')
  return ok({ claim, opened })
}

/** How far the evidence may stay below the claim: the larger of 50 units and 0.5 %, in minor units. */
export const toleranceMinor = (amountMinor: number, currency: string): number =>
  Math.max(verificationPolicy.toleranceUnits * 10 ** minorDigits(currency), Math.floor((amountMinor * verificationPolicy.toleranceBp) / 10_000))

function freezeLine(rows: RowReader, claim: OutcomeClaim, part: ConfirmArgs['evidence'][number]): Result<Evidence[number], AppError> {
  const line = rows.find('accountActivities', part.activityId)
  const isFit = line && line.notEvidence === null && line.bookedOn !== null && line.currency === claim.currency && line.householdId === claim.householdId
  if (!isFit) return refuse('verification/evidence-unfit')
  if (line.allocatedMinor + part.amountMinor > line.amountMinor)
    return refuse('verification/line-used', { availableMinor: line.amountMinor - line.allocatedMinor, currency: line.currency })
  return ok({
    activityId: line.id,
    amountMinor: part.amountMinor,
    fileSha256: line.fileSha256,
    fileName: line.fileName,
    lineNo: line.lineNo,
    bookedOn: line.bookedOn as string,
    lineAmountMinor: line.amountMinor,
    currency: line.currency,
    counterpartyName: line.counterpartyName,
    remittance: line.remittance,
  })
}

/** The chosen lines as they stand now. Each line once, fit for this claim, with enough money left. */
function freezeEvidence(rows: RowReader, claim: OutcomeClaim, args: ConfirmArgs): Result<Evidence, AppError> {
  const isMandate = claim.kind === 'mandate'
  if (isMandate ? args.letterSha256 === null : args.evidence.length === 0) return refuse('verification/evidence-needed')
  if (new Set(args.evidence.map((e) => e.activityId)).size !== args.evidence.length) return refuse('verification/evidence-unfit')
  const frozen: Evidence = []
  for (const part of args.evidence) {
    const line = freezeLine(rows, claim, part)
    if (!line.ok) return line
    frozen.push(line.value)
  }
  return ok(frozen)
}

/** The first controller's approval that still stands (nothing happened to the claim since), or undefined. */
export function standingApproval(claim: OutcomeClaim, opened: VerificationCase): Verdict | undefined {
  const verdict = opened.verdicts.at(-1)
  const event = claim.history.filter((e) => e.what !== 'proposed' && e.what !== 'unproposed').at(-1)
  return verdict?.decision === 'approved' && event?.what === 'approved' ? verdict : undefined
}

const needsTwo = (claim: OutcomeClaim, amountMinor: number): boolean => amountMinor > secondControllerAboveMinor(claim.currency)

/** Writes a confirmation: claim, case, and what each line has left. Above the limit the first of two controllers only approves. */
export function confirmClaim(
  tx: RowTransaction,
  args: ConfirmArgs,
  decision: 'confirmed' | 'partlyConfirmed',
  context: CommandContext,
  amountOf: (claim: OutcomeClaim, sumMinor: number) => Result<number, AppError>,
): Result<void, AppError> {
  const found = findOpenCase(tx, args.id, context.actorId)
  if (!found.ok) return found
  const { claim, opened } = found.value
  const evidence = freezeEvidence(tx, claim, args)
  if (!evidence.ok) return evidence
  const amount = amountOf(
    claim,
    evidence.value.reduce((sum, e) => sum + e.amountMinor, 0),
  )
  if (!amount.ok) return amount
  const verdict: Verdict = {
    decision,
    byId: context.actorId,
    atMs: context.receivedAtMs ?? context.madeAtMs,
    reason: args.reason,
    amountMinor: amount.value,
    evidence: evidence.value,
    letterSha256: args.letterSha256,
  }
  if (!needsTwo(claim, amount.value)) return settle(tx, claim, opened, verdict)
  const first = standingApproval(claim, opened)
  if (!first) return record(tx, claim, opened, { ...verdict, decision: 'approved' })
  if (first.byId === context.actorId) return refuse('verification/second-controller')
  if (first.amountMinor !== verdict.amountMinor || !isDeepEqual(first.evidence, verdict.evidence) || first.letterSha256 !== verdict.letterSha256)
    return refuse('verification/evidence-differs')
  return settle(tx, claim, opened, verdict)
}

/** Adds a verdict to the case and its event to the claim; the claim's state stays. */
export function record(tx: RowTransaction, claim: OutcomeClaim, opened: VerificationCase, verdict: Verdict, state = claim.state): Result<void, AppError> {
  const event = { atMs: verdict.atMs, byId: verdict.byId, what: verdict.decision, amountMinor: verdict.amountMinor, text: verdict.reason }
  const question = verdict.decision === 'returned' ? verdict.reason : claim.question
  tx.put('verificationCases', { ...opened, verdicts: [...opened.verdicts, verdict] })
  tx.put('outcomeClaims', { ...claim, state, question, decision: decisionOf(verdict) ?? claim.decision, history: [...claim.history, event], ...amountsOf(claim, verdict) })
  return ok(undefined)
}

function settle(tx: RowTransaction, claim: OutcomeClaim, opened: VerificationCase, verdict: Verdict): Result<void, AppError> {
  for (const used of verdict.evidence) {
    const line = must(tx.find('accountActivities', used.activityId), 'frozen line')
    tx.put('accountActivities', { ...line, allocatedMinor: line.allocatedMinor + used.amountMinor })
  }
  return record(tx, claim, opened, verdict, verdict.decision as 'confirmed' | 'partlyConfirmed')
}

const isConfirming = (verdict: Verdict): boolean => verdict.decision === 'confirmed' || verdict.decision === 'partlyConfirmed'

function amountsOf(claim: OutcomeClaim, verdict: Verdict): Pick<OutcomeClaim, 'fundedMinor' | 'confirmedMinor'> {
  if (!isConfirming(verdict)) return { fundedMinor: claim.fundedMinor, confirmedMinor: claim.confirmedMinor }
  return { fundedMinor: verdict.evidence.reduce((sum, e) => sum + e.amountMinor, 0), confirmedMinor: verdict.amountMinor }
}

function decisionOf(verdict: Verdict): OutcomeClaim['decision'] {
  if (verdict.decision === 'approved' || verdict.decision === 'returned') return null
  const evidence = verdict.evidence.map(({ activityId, fileSha256, fileName, lineNo, bookedOn, amountMinor, currency }) => ({
    activityId,
    fileSha256,
    fileName,
    lineNo,
    bookedOn,
    amountMinor,
    currency,
  }))
  return { decision: verdict.decision, byId: verdict.byId, atMs: verdict.atMs, reason: verdict.reason, evidence, letterSha256: verdict.letterSha256 }
}
