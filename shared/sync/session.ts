import { z } from 'zod'
import { colleagueSchema } from '../domain/colleague/colleague.ts'
import { idField, isCleanLine, sha256Field } from '../domain/common/fields.ts'
import { publicKeyField } from './push.ts'

/** Sign-in registers the device and its key; the same device id with another person or key is refused. */
export const signInRequestSchema = z.strictObject({
  protocol: z.int().positive(),
  email: z.email().max(200),
  passphrase: z.string().min(1).max(1_000),
  device: z.strictObject({ id: idField, name: z.string().min(1).max(100).refine(isCleanLine, { message: 'line' }), publicKey: publicKeyField }),
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
  leaseMs: z.int().positive(), // how long the device may open its data without having reached the server
  wipeCommitment: sha256Field, // SHA-256 of the token that an order to wipe this device will carry
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

/** How people of this server sign in. */
export const signInMethodsSchema = z.strictObject({
  oidcName: z.string().nullable(), // of the office's identity provider, for the button; null = passphrase only
})

/** Begins a sign-in at the office's identity provider (RFC 8252, PKCE S256). */
export const oidcBeginRequestSchema = z.strictObject({
  protocol: z.int().positive(),
  deviceId: idField,
  redirectPort: z.int().min(1_024).max(65_535), // of the listener on 127.0.0.1
  codeChallenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  state: z.string().regex(/^[A-Za-z0-9_-]{22,100}$/),
})
export type OidcBeginRequest = Readonly<z.infer<typeof oidcBeginRequestSchema>>
export const oidcBeginResponseSchema = z.strictObject({ attemptId: idField, authorizationUrl: z.url().max(4_000) })

/** Ends it: what came to the listener, and the verifier that only this app knows. */
export const oidcFinishRequestSchema = z.strictObject({
  protocol: z.int().positive(),
  attemptId: idField,
  callbackQuery: z.string().max(8_000), // with the leading '?'
  codeVerifier: z.string().regex(/^[A-Za-z0-9_-]{43,128}$/),
  device: signInRequestSchema.shape.device,
})
export type OidcFinishRequest = Readonly<z.infer<typeof oidcFinishRequestSchema>>

/** A laptop that somebody has signed in on. */
export const deviceSchema = z.strictObject({
  id: idField,
  name: z.string(),
  isThis: z.boolean(),
  createdAtMs: z.int(),
  lastSeenAtMs: z.int().nullable(), // to about ten minutes; null = not since this is kept
  revokedAtMs: z.int().nullable(),
})
export type Device = Readonly<z.infer<typeof deviceSchema>>
export const deviceListSchema = z.strictObject({ devices: z.array(deviceSchema) })
/** Whose devices: null = the caller's own; somebody else's only for administrators. */
export const deviceListRequestSchema = z.strictObject({ colleagueId: idField.nullable() })
export const revokeDeviceRequestSchema = z.strictObject({ deviceId: idField })
