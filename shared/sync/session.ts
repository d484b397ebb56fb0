import { z } from 'zod'
import { colleagueSchema } from '../domain/colleague/colleague.ts'
import { idField, sha256Field } from '../domain/common/fields.ts'
import { publicKeyField } from './push.ts'

/** Sign-in registers the device and its key; the same device id with another person or key is refused. */
export const signInRequestSchema = z.strictObject({
  protocol: z.int().positive(),
  email: z.email().max(200),
  passphrase: z.string().min(1).max(1_000),
  device: z.strictObject({ id: idField, name: z.string().min(1).max(100), publicKey: publicKeyField }),
})
export type SignInRequest = Readonly<z.infer<typeof signInRequestSchema>>

export const sessionSchema = z.strictObject({
  accessToken: z.string(), // opaque; goes into `Authorization: Bearer`
  accessExpiresAtMs: z.int(),
  refreshToken: z.string(), // for one use
  colleague: colleagueSchema,
  firmName: z.string(),
  lastN: z.int().nonnegative(), // the device's last command the server has
  lastHash: sha256Field, // the device's chain at `lastN`; its next signature names it
  serverTimeMs: z.int(),
  recoveryKey: z.base64().length(44).optional(), // the firm's X25519 public key, to which a device seals its keys; absent = the firm has none
})
export type Session = Readonly<z.infer<typeof sessionSchema>>

/**
 * `attemptId`: random, the same for every try to exchange one token. A device whose answer was lost asks again with it and
 * gets the same new tokens; the same token with another attempt, or none, is a copy in other hands.
 */
export const refreshRequestSchema = z.strictObject({ refreshToken: z.string().max(200), attemptId: idField.optional() })
export type RefreshRequest = Readonly<z.infer<typeof refreshRequestSchema>>

/** Data of the server-sent event 'changed': something moved; pull to learn what. */
export const changedEventSchema = z.strictObject({ head: z.int().nonnegative() })
