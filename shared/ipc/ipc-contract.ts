import { z } from 'zod'
import { colleagueSchema } from '../domain/colleague/colleague.ts'
import { idField, instantField, sha256Field } from '../domain/common/fields.ts'
import { appErrorSchema } from '../errors/error-codes.ts'
import { packedHeaderSchema } from '../sync/packed-page.ts'
import { type FollowedPage, pullRequestSchema, pullResponseSchema, snapshotRequestSchema } from '../sync/pull.ts'
import { commandVersionField } from '../sync/push.ts'
import { deviceListSchema, revokeDeviceRequestSchema, signInMethodsSchema } from '../sync/session.ts'

/** Settings of this installation; nothing confidential. */
export const settingsSchema = z.strictObject({
  language: z.enum(['system', 'en', 'de', 'hu']),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
  serverUrl: z.string().max(500),
  hasNotifications: z.boolean(),
  hasNotificationNames: z.boolean(), // a notification names the follow-up and the household; never while locked
})
export type Settings = Readonly<z.infer<typeof settingsSchema>>

export const sessionNoticeSchema = z.enum(['device-revoked', 'lease-over'])
export type SessionNotice = z.infer<typeof sessionNoticeSchema>

export const sessionStateSchema = z.strictObject({
  phase: z.enum(['signedOut', 'locked', 'open']),
  colleague: colleagueSchema.nullable(), // set when open
  firmName: z.string().nullable(),
  lastEmail: z.string().nullable(), // who used this laptop last, offered at sign-in and unlock
  deviceId: z.string().nullable(),
  deviceName: z.string(),
  databaseName: z.string().nullable(), // the IndexedDB of this person on this laptop; set when open
  signInKind: z.enum(['passphrase', 'oidc']).nullable(), // how the person proves to the server who they are; set when open
  notice: sessionNoticeSchema.nullable(), // why nobody is signed in, or the app is locked; until somebody has it open again
})
export type SessionState = Readonly<z.infer<typeof sessionStateSchema>>

export const syncStatusSchema = z.strictObject({
  connection: z.enum(['online', 'offline', 'signInNeeded', 'clientTooOld']),
  unsentCount: z.int().nonnegative(), // saved here, the server has not answered yet
  refusedCount: z.int().nonnegative(),
  waiting: z.array(z.strictObject({ id: idField, error: appErrorSchema })), // unsent, because the server lacks what they build on (B6); why
  lastContactAtMs: instantField.nullable(),
  leaseEndsAtMs: instantField.nullable(), // without another contact this laptop does not open beyond it
  serverHead: z.int().nonnegative().nullable(), // newest head the server announced
  error: appErrorSchema.nullable(),
})
export type SyncStatus = Readonly<z.infer<typeof syncStatusSchema>>

/** A command as the renderer hands it in: main adds the device's number and journals it. */
export const draftCommandSchema = z.strictObject({ id: idField, name: z.string().max(60), version: commandVersionField, args: z.unknown(), madeAtMs: instantField })
export type DraftCommand = Readonly<z.infer<typeof draftCommandSchema>>

/**
 * A journalled command that is not settled: 'saved' on this laptop, 'applied' by the server but not yet seen in a
 * pull, or 'refused' and waiting for the person.
 */
export const outboxItemSchema = draftCommandSchema.extend({ n: z.int().positive(), status: z.enum(['saved', 'applied', 'refused']), error: appErrorSchema.nullable() })
export type OutboxItem = Readonly<z.infer<typeof outboxItemSchema>>

export const reminderSchema = z.strictObject({ followUpId: idField, atMs: instantField, title: z.string().max(200), body: z.string().max(500) })
export type Reminder = Readonly<z.infer<typeof reminderSchema>>

const none = z.strictObject({})
const passphraseField = z.string().min(1).max(1_000)

/**
 * Every channel between renderer and main. Answers are always a Result with an AppError; `response` is the value's
 * schema. Few and coarse: one call a turn.
 */
export const ipcContract = {
  'session:get': { request: none, response: sessionStateSchema },
  /** `accountPassphrase`: what the server knows, after 'session/account-passphrase-needed'; as in 'session:unlock'. */
  'session:sign-in': {
    request: z.strictObject({ email: z.email().max(200), passphrase: passphraseField, accountPassphrase: passphraseField.optional() }),
    response: sessionStateSchema,
  },
  /** How people of the server in the settings sign in. */
  'session:methods': { request: none, response: signInMethodsSchema },
  /**
   * Opens the system's browser and answers when the person has signed in there, has given up, or two minutes are over.
   * `next`: 'none' = the open session was renewed; otherwise 'session:oidc-complete' follows, with a 'new' passphrase for
   * this laptop or the 'existing' one.
   */
  'session:oidc-sign-in': { request: none, response: z.strictObject({ email: z.string(), next: z.enum(['none', 'new', 'existing']) }) },
  'session:oidc-complete': { request: z.strictObject({ passphrase: passphraseField }), response: sessionStateSchema },
  'session:oidc-cancel': { request: none, response: none },
  'session:unlock': { request: z.strictObject({ passphrase: passphraseField, accountPassphrase: passphraseField.optional() }), response: sessionStateSchema },
  /** Changes what opens this laptop; the server is not asked and not told. After five wrong `present` ones the app locks. */
  'session:change-passphrase': { request: z.strictObject({ present: passphraseField, next: passphraseField }), response: none },
  /** To which recovery key of the firm this laptop's keys are sealed. The fingerprint of another one is not told: a person types it. */
  'recovery:get': { request: none, response: z.strictObject({ fingerprint: z.string().nullable(), isOtherOffered: z.boolean() }) },
  /** Two people vouch for the other key: each tells a half of its fingerprint. Main asks the person as well. */
  'recovery:confirm': { request: z.strictObject({ present: passphraseField, firstHalf: z.string().max(100), secondHalf: z.string().max(100) }), response: none },
  'session:lock': { request: none, response: none },
  /** Refused with 'session/unsent-work' while something is unsent, unless `discardUnsent` and the person agrees in main's own dialog. */
  'session:sign-out': { request: z.strictObject({ discardUnsent: z.boolean() }), response: none },
  /** Journals commands in order; answers when they are on the disk. A command id that is journalled already keeps its n. */
  'outbox:append': { request: z.strictObject({ commands: z.array(draftCommandSchema).min(1).max(500) }), response: z.strictObject({ items: z.array(outboxItemSchema) }) },
  /**
   * The same for one command that the page is storing in its database meanwhile: on the disk when it answers, and a command like
   * the others when `outbox:decide` says that it is stored, or when the page is gone.
   */
  'outbox:hold': { request: z.strictObject({ command: draftCommandSchema }), response: z.strictObject({ n: z.int().positive() }) },
  /** `isStored` false takes the command back for good, before this answers. `isKept` = it stays all the same, because the page took too long. */
  'outbox:decide': { request: z.strictObject({ id: idField, isStored: z.boolean() }), response: z.strictObject({ isKept: z.boolean() }) },
  /** All unsettled commands, in order. */
  'outbox:list': { request: none, response: z.strictObject({ items: z.array(outboxItemSchema) }) },
  /** The renderer has the server's rows that contain the applied commands up to `throughN`: they are settled. */
  'outbox:settle': { request: z.strictObject({ throughN: z.int().nonnegative() }), response: none },
  /** A person discards (or has corrected and resent) a refused command. */
  'outbox:discard': { request: z.strictObject({ id: idField }), response: none },
  /** The laptops on which this person has signed in. Only while online. */
  'devices:list': { request: none, response: deviceListSchema },
  /** Main asks the person first; nothing happens, and no error is answered, where they say no. */
  'devices:revoke': { request: revokeDeviceRequestSchema, response: none },
  'sync:status': { request: none, response: syncStatusSchema },
  /** Try now instead of at the next retry. */
  'sync:now': { request: none, response: none },
  'sync:pull': { request: pullRequestSchema.omit({ protocol: true }), response: pullResponseSchema },
  /** A packed page, as the server made it: main looks at the header only. */
  'sync:snapshot': { request: snapshotRequestSchema.omit({ protocol: true }), response: z.strictObject({ header: packedHeaderSchema, body: z.instanceof(Uint8Array) }) },
  /** Keeps a file's bytes (≤ 20 MB) sealed in main under their hash and uploads them when online; a command may then name the hash. */
  'file:stage': {
    request: z.strictObject({ name: z.string().min(1).max(255), bytes: z.instanceof(Uint8Array) }),
    response: z.strictObject({ sha256: sha256Field, sizeBytes: z.int().nonnegative() }),
  },
  /** Save dialog, then writes the text. `isSaved` false = the person cancelled. */
  'file:save-text': { request: z.strictObject({ suggestedName: z.string().min(1).max(255), text: z.string().max(5_000_000) }), response: z.strictObject({ isSaved: z.boolean() }) },
  /** Replaces all reminders that main shows as system notifications. */
  'reminders:set': { request: z.strictObject({ reminders: z.array(reminderSchema).max(500) }), response: none },
  'settings:get': { request: none, response: settingsSchema },
  'settings:set': { request: settingsSchema.partial(), response: settingsSchema },
  'app:about': { request: none, response: z.strictObject({ version: z.string(), electron: z.string(), chromium: z.string(), node: z.string(), isPackaged: z.boolean() }) },
  /** Main logs that the page's policy was broken; `what` is the directive only. */
  'app:report-violation': { request: z.strictObject({ what: z.string().max(100) }), response: none },
} as const

export type IpcChannel = keyof typeof ipcContract
export type IpcRequest<C extends IpcChannel> = z.input<(typeof ipcContract)[C]['request']>
export type IpcResponse<C extends IpcChannel> = z.output<(typeof ipcContract)[C]['response']>

/** Main → renderer: announcements; the renderer then asks. */
export interface IpcEvents {
  'event:session-changed': Record<string, never>
  'event:sync-changed': { readonly isBehind: boolean } // status, outbox or server head moved; isBehind: there may be something to pull
  'event:sync-page': FollowedPage // what the next pull would bring
  'event:navigate': { readonly to: string } // menu, tray or notification: 'today' | 'log' | 'follow-up/<id>' | …
}
export type IpcEventName = keyof IpcEvents

/**
 * The cipher that lives in the preload's isolated world; the page can use its key but not read it.
 * `aad` binds a body to its place: a body moved to another place does not open.
 */
export interface WindowCipher {
  seal(aad: string, plain: Uint8Array): Uint8Array
  /** Throws 'cipher/invalid' where the body was changed or moved. */
  open(aad: string, sealed: Uint8Array): Uint8Array
  openMany(items: readonly { readonly aad: string; readonly sealed: Uint8Array }[]): Uint8Array[]
  /** Keyed hash of an id or value (16 bytes, base64url) for look-ups in clear columns. */
  token(text: string): string
}

/** What the preload exposes as `window.api`. */
export interface WindowApi {
  invoke<C extends IpcChannel>(channel: C, request: IpcRequest<C>): Promise<import('../lib/result.ts').Result<IpcResponse<C>, import('../errors/error-codes.ts').AppError>>
  on<E extends IpcEventName>(event: E, listener: (payload: IpcEvents[E]) => void): () => void
  /** Fetches the window's key from main into the isolated world; call once after 'open'. False while locked. */
  openCipher(): Promise<boolean>
  readonly cipher: WindowCipher
}
