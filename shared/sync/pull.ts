import { z } from 'zod'
import { idField, sha256Field } from '../domain/common/fields.ts'
import type { TableName } from '../domain/tables.ts'
import { tableNames } from '../domain/tables.ts'
import { commandOutcomeSchema } from './push.ts'

const tableNameSchema = z.enum(tableNames as [TableName, ...TableName[]])

/** One row as the server has it; `row: null` = no longer visible to this person, remove it. */
export const wireRowSchema = z.strictObject({ table: tableNameSchema, id: idField, seq: z.int().nonnegative(), row: z.unknown().nullable() })
export type WireRow = { readonly table: TableName; readonly id: string; readonly seq: number; readonly row: unknown | null }

/**
 * Why a person sees a household, in one word. When it changes, the household's rows are fetched anew, because what
 * is visible inside it (confidential entries, claims) may have changed with it.
 */
export const accessLevelSchema = z.enum(['lead', 'cover', 'supervise', 'service', 'control', 'comply'])
export type AccessLevel = z.infer<typeof accessLevelSchema>
export const scopeEntrySchema = z.strictObject({ householdId: idField, access: accessLevelSchema })
export type ScopeEntry = Readonly<z.infer<typeof scopeEntrySchema>>

/**
 * Pull of changes.
 * `cursor` null asks for a first position: the answer has the head's cursor, the scope and no rows (fetch them by snapshot).
 * `scopeHash` is the hash that came with the scope this device holds; where the server's differs, `scope` comes along.
 * `sinceN`: outcomes of this device's commands with n > sinceN are wanted.
 */
export const pullRequestSchema = z.strictObject({
  protocol: z.int().positive(),
  cursor: z.int().nonnegative().nullable(),
  scopeHash: z.string().max(64).nullable(),
  sinceN: z.int().nonnegative(),
  headSize: z.int().nonnegative().optional(), // size of the trail that this device saw last: its hash then comes along
})
export type PullRequest = Readonly<z.infer<typeof pullRequestSchema>>

/** The server's trail: its number of entries and the hash of the last one; and the hash at the size that the device named (null = the trail is shorter, or none was named). */
export const trailHeadSchema = z.strictObject({ size: z.int().nonnegative(), hash: sha256Field, hashAtNamed: sha256Field.nullable() })
export type TrailHead = Readonly<z.infer<typeof trailHeadSchema>>

export const pullResponseSchema = z.strictObject({
  epoch: z.string(), // changes when the server was restored from a backup
  cursor: z.int().nonnegative(), // pass it next time
  hasMore: z.boolean(), // true: the page was full, pull again at once
  rows: z.array(wireRowSchema),
  lastN: z.int().nonnegative(), // this device's last command contained in the rows up to `cursor`
  outcomes: z.array(commandOutcomeSchema),
  scopeHash: z.string(),
  scope: z.array(scopeEntrySchema).nullable(), // null = unchanged
  head: trailHeadSchema, // keep it: it shows later that nothing was rewritten (K1)
})
export type PullResponse = Readonly<Omit<z.infer<typeof pullResponseSchema>, 'rows'>> & { readonly rows: readonly WireRow[] }

/**
 * Data of the server-sent event 'page': the answer to a pull that the device would make now (L13). It is good for a device
 * that stands at `from`, lacks no outcome up to `sinceN`, and saw the trail last at `headSize`; any other pulls.
 */
export const followedPageSchema = z.strictObject({
  from: z.int().nonnegative(),
  sinceN: z.int().nonnegative(),
  headSize: z.int().nonnegative(),
  page: pullResponseSchema,
})
export type FollowedPage = Readonly<Omit<z.infer<typeof followedPageSchema>, 'page'>> & { readonly page: PullResponse }

/**
 * Snapshot: all rows of some households (or, with an empty list, of the firm), in pages. `after` continues a page;
 * a device that was cut off goes on from the last `next` it stored. Rows newer than the cursor are allowed to appear.
 * The answer is a packed page.
 */
export const snapshotPartSchema = z.enum(['core', 'entries'])
export type SnapshotPart = z.infer<typeof snapshotPartSchema>
export const snapshotRequestSchema = z.strictObject({
  protocol: z.int().positive(),
  householdIds: z.array(idField).max(500), // empty = the firm's rows
  part: snapshotPartSchema.optional(), // contact entries alone, or everything but them: a device opens the rest first
  after: z.string().max(200).nullable(),
})
export type SnapshotRequest = Readonly<z.infer<typeof snapshotRequestSchema>>
