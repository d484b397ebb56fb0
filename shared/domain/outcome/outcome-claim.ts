import { z } from 'zod'
import { amountField, currencyField, dayField, idField, instantField, noteField, revField, sha256Field, shareField } from '../common/fields.ts'

export const claimStateSchema = z.enum(['claimed', 'pledged', 'proposed', 'confirmed', 'partlyConfirmed', 'rejected', 'returned', 'withdrawn', 'lapsed', 'reversed'])
export type ClaimState = z.infer<typeof claimStateSchema>

export const creditShareSchema = z.strictObject({ colleagueId: idField, shareBp: shareField })

/**
 * How long a claim's history may grow by whom: its maker leaves room for matching, and both leave room for decisions,
 * so that no number of edits keeps a claim from being decided or withdrawn.
 */
export const claimHistoryMax = { all: 500, byMatching: 450, byMaker: 400 } as const

export const claimEventSchema = z.strictObject({
  atMs: instantField,
  byId: idField.nullable(), // null = the server's matching
  what: z.enum(['claimed', 'edited', 'proposed', 'unproposed', 'approved', 'confirmed', 'partlyConfirmed', 'rejected', 'returned', 'withdrawn']),
  amountMinor: z.int().nonnegative(),
  text: z.string().max(1_000).nullable(),
})

/** What the maker may read of the decision: who, when, on what evidence. */
export const claimDecisionSchema = z.strictObject({
  decision: z.enum(['confirmed', 'partlyConfirmed', 'rejected']),
  byId: idField,
  atMs: instantField,
  reason: z.string().max(1_000),
  evidence: z
    .array(
      z.strictObject({
        activityId: idField,
        fileSha256: sha256Field,
        fileName: z.string().max(255),
        lineNo: z.int().positive(),
        bookedOn: dayField,
        amountMinor: amountField,
        currency: currencyField,
      }),
    )
    .max(20),
  letterSha256: sha256Field.nullable(), // the signed engagement letter of a mandate
})

/** The statement that a contact led to a deposit, a pledge or a mandate. Counts for nothing until confirmed. */
export const outcomeClaimSchema = z.strictObject({
  id: idField,
  householdId: idField,
  entryId: idField,
  makerId: idField,
  kind: z.enum(['deposit', 'pledge', 'mandate']),
  accountId: idField.nullable(), // where the money is to arrive; null for a mandate
  claimedMinor: amountField,
  fundedMinor: z.int().nonnegative(),
  confirmedMinor: z.int().nonnegative(),
  currency: currencyField,
  contactOn: dayField,
  expectedOn: dayField.nullable(),
  creditSplit: z.array(creditShareSchema).min(1).max(20), // shares sum to 10,000
  note: noteField,
  state: claimStateSchema,
  claimedAtMs: instantField,
  question: z.string().max(1_000).nullable(), // why it was returned
  decision: claimDecisionSchema.nullable(),
  history: z.array(claimEventSchema).max(claimHistoryMax.all),
  rev: revField,
})
export type OutcomeClaim = Readonly<z.infer<typeof outcomeClaimSchema>>

/** Whom a claim concerns: its maker, and whoever is credited. None of them decides it. */
export const partiesOf = (claim: Pick<OutcomeClaim, 'makerId' | 'creditSplit'>): readonly string[] => [claim.makerId, ...claim.creditSplit.map((share) => share.colleagueId)]

/** States in which the maker may still edit or withdraw, and a controller decide. */
export const isClaimOpen = (state: ClaimState): boolean => ['claimed', 'pledged', 'proposed', 'returned'].includes(state)
/** What is waiting in the verification queue. */
export const isClaimDecidable = (state: ClaimState): boolean => ['claimed', 'pledged', 'proposed'].includes(state)
