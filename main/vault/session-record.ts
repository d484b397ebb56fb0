import { z } from 'zod'
import { colleagueSchema } from '../../shared/domain/colleague/colleague.ts'
import { idField } from '../../shared/domain/common/fields.ts'

/** Of vaults from before servers told theirs. */
const FIRST_LEASE_MS = 72 * 3_600_000

/** Who this vault belongs to and how the server knows the device; sealed, written again with each refresh. */
export const sessionRecordSchema = z.strictObject({
  serverUrl: z.string(),
  email: z.string(),
  deviceId: idField,
  refreshToken: z.string(), // for one use: replaced before the access token that came with its successor is used
  colleague: colleagueSchema,
  firmName: z.string(),
  registeredLastN: z.int().nonnegative(), // the server's last command of this device at sign-in; the journal numbers on from it
  epoch: z.string().nullable(), // of the server's database, as of the last pull
  lastContactAtMs: z.int(), // on this laptop's clock, as the next
  lastUsedAtMs: z.int(), // when the app was last open
  knownTraceMs: z.number().default(0), // latest moment that files of the laptop told of at the last contact; a clock that was once ahead leaves later ones
  leaseMs: z.int().positive().default(FIRST_LEASE_MS), // as the server said at the last contact
  wipeCommitment: z.string().nullable().default(null), // SHA-256 of the token by which an order to wipe is known; null = none promised yet
  signInKind: z.enum(['passphrase', 'oidc']).default('passphrase'), // how the person proves to the server who they are
  recoveryKey: z.string().nullable().default(null), // of the firm, to which the keys are sealed; null = none yet, or from before it was noted
  hasOwnPassphrase: z.boolean().default(false), // this laptop's passphrase was changed: the server's is another one, and never gets this one
})
export type SessionRecord = Readonly<z.infer<typeof sessionRecordSchema>>
