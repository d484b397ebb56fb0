import { z } from 'zod'
import { idField, instantField, revField, sha256Field } from '../common/fields.ts'

/** Why a statement was not imported; `code` is in the error catalog, `params` fill its text. */
export const quarantineSchema = z.strictObject({
  statementId: z.string().max(200).nullable(), // null = the whole file
  iban: z.string().max(40).nullable(),
  lineCount: z.int().nonnegative(),
  reasons: z.array(z.strictObject({ code: z.string().max(80), params: z.record(z.string(), z.union([z.string(), z.number(), z.null()])) })).max(100),
})

/** A statement file of a bank or custodian. Read by controllers and compliance. */
export const feedFileSchema = z.strictObject({
  id: idField,
  sha256: sha256Field,
  name: z.string().min(1).max(255),
  sizeBytes: z.int().nonnegative(),
  importedById: idField,
  importedAtMs: instantField,
  state: z.enum(['received', 'imported', 'partlyQuarantined', 'quarantined', 'seenBefore']),
  format: z.string().max(20).nullable(),
  statementCount: z.int().nonnegative(),
  lineCount: z.int().nonnegative(), // lines that came in
  proposalCount: z.int().nonnegative(), // claims for which a proposal was found by this file
  quarantined: z.array(quarantineSchema).max(1_000),
  rev: revField,
})
export type FeedFile = Readonly<z.infer<typeof feedFileSchema>>
