import { z } from 'zod'
import { currencyField, dayField, idField, revField, sha256Field } from '../common/fields.ts'

/** One line of a bank or custodian feed. Written by the server's import only; `allocatedMinor` grows with decisions. */
export const accountActivitySchema = z.strictObject({
  id: idField,
  fileId: idField,
  fileSha256: sha256Field,
  fileName: z.string().max(255),
  statementId: z.string().max(200),
  lineNo: z.int().positive(),
  iban: z.string().max(40).nullable(),
  accountId: idField.nullable(), // our account with that IBAN; null = none
  householdId: idField.nullable(),
  direction: z.enum(['credit', 'debit']),
  amountMinor: z.int().nonnegative(),
  currency: currencyField,
  status: z.enum(['booked', 'pending', 'information']),
  isReversal: z.boolean(),
  bookedOn: dayField.nullable(),
  valueOn: dayField.nullable(),
  counterpartyName: z.string().max(500).nullable(),
  counterpartyIban: z.string().max(40).nullable(),
  remittance: z.string().max(2_000),
  endToEndId: z.string().max(100).nullable(),
  notEvidence: z.string().max(40).nullable(), // why it cannot confirm anything; null = it can
  allocatedMinor: z.int().nonnegative(), // used by confirmed claims so far; never above amountMinor
  rev: revField,
})
export type AccountActivity = Readonly<z.infer<typeof accountActivitySchema>>
