import { z } from 'zod'
import { colleagueSchema } from '../../shared/domain/colleague/colleague.ts'
import { idField } from '../../shared/domain/common/fields.ts'

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
})
export type SessionRecord = Readonly<z.infer<typeof sessionRecordSchema>>
