import { z } from 'zod'
import { idField, instantField, sha256Field } from '../domain/common/fields.ts'
import { appErrorSchema } from '../errors/error-codes.ts'
import { PUSH_MAX_COMMANDS } from './protocol.ts'

/** No command has more versions; the database's column holds no more than 2^31. */
export const commandVersionField = z.int().positive().max(10_000)

/** A command on its way. `n` counts the device's commands from 1 without gaps: order and exactly-once rest on it. */
export const commandEnvelopeSchema = z.strictObject({
  id: idField,
  n: z.int().positive(),
  name: z.string().max(60),
  version: commandVersionField,
  args: z.unknown(),
  madeAtMs: instantField,
})
export type CommandEnvelope = Readonly<z.infer<typeof commandEnvelopeSchema>>

/** Ed25519 by the device's key over `signedTextOf` (S1), base64url. */
export const signatureField = z.string().regex(/^[A-Za-z0-9_-]{86}$/)
/** Raw Ed25519 public key, base64url. */
export const publicKeyField = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** A command as it goes over the wire. */
export const signedCommandSchema = commandEnvelopeSchema.extend({ signature: signatureField })
export type SignedCommand = Readonly<z.infer<typeof signedCommandSchema>>

export const pushRequestSchema = z.strictObject({
  protocol: z.int().positive(),
  commands: z.array(signedCommandSchema).min(1).max(PUSH_MAX_COMMANDS),
  /** Ids of commands from before a restore: they are not refused but left with the device, since what they build on may still come back (B6). */
  mayWait: z.array(idField).max(PUSH_MAX_COMMANDS).optional(),
})

/** What became of one command. Applied and refused are both final; a refused one used up its `n`. */
export const commandOutcomeSchema = z.strictObject({
  n: z.int().positive(),
  id: idField,
  status: z.enum(['applied', 'refused']),
  error: appErrorSchema.nullable(),
})
export type CommandOutcome = Readonly<z.infer<typeof commandOutcomeSchema>>

/** The first command of a push that was left with its device; those behind it were not looked at. */
const waitingSchema = z.strictObject({ n: z.int().positive(), error: appErrorSchema })
/** `lastHash`: the device's chain at `lastN`, on which the next signature rests. */
export const pushResponseSchema = z.strictObject({
  outcomes: z.array(commandOutcomeSchema),
  lastN: z.int().nonnegative(),
  lastHash: sha256Field,
  waiting: waitingSchema.optional(),
})
export type PushResponse = Readonly<z.infer<typeof pushResponseSchema>>
