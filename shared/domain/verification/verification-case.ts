import { z } from 'zod'
import { amountField, currencyField, dayField, idField, instantField, revField, sha256Field } from '../common/fields.ts'

const findingSchema = z.strictObject({
  what: z.enum(['account', 'reference', 'amount', 'date', 'payer', 'currency']),
  claimed: z.union([z.string(), z.number()]).nullable(),
  found: z.union([z.string(), z.number()]).nullable(),
})

export const proposalSchema = z.strictObject({
  kind: z.enum(['reference', 'amount', 'sum', 'payer']),
  activityIds: z.array(idField).min(1).max(10),
  amountMinor: amountField,
  agreed: z.array(findingSchema),
  differed: z.array(findingSchema),
  exceptions: z.array(z.enum(['ambiguous', 'date', 'amount'])),
  score: z.number(),
})
export type CaseProposal = Readonly<z.infer<typeof proposalSchema>>

/** The bank line as it stood when the decision was taken. */
export const frozenEvidenceSchema = z.strictObject({
  activityId: idField,
  amountMinor: amountField, // how much of the line this claim uses
  fileSha256: sha256Field,
  fileName: z.string().max(255),
  lineNo: z.int().positive(),
  bookedOn: dayField,
  lineAmountMinor: amountField,
  currency: currencyField,
  counterpartyName: z.string().max(500).nullable(),
  remittance: z.string().max(2_000),
})

const verdictSchema = z.strictObject({
  decision: z.enum(['approved', 'confirmed', 'partlyConfirmed', 'rejected', 'returned']),
  byId: idField,
  atMs: instantField,
  reason: z.string().max(1_000),
  amountMinor: z.int().nonnegative(),
  evidence: z.array(frozenEvidenceSchema).max(20),
  letterSha256: sha256Field.nullable(),
})

/** The independent check of one claim; shares the claim's id. Read by controllers and compliance only. */
export const verificationCaseSchema = z.strictObject({
  id: idField, // = the claim's id
  householdId: idField,
  makerId: idField,
  openedAtMs: instantField,
  proposals: z.array(proposalSchema).max(20),
  verdicts: z.array(verdictSchema).max(200), // oldest first; an 'approved' is the first of two controllers
  rev: revField,
})
export type VerificationCase = Readonly<z.infer<typeof verificationCaseSchema>>
