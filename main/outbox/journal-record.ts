import { z } from 'zod'
import { idField, instantField } from '../../shared/domain/common/fields.ts'
import { appErrorSchema } from '../../shared/errors/error-codes.ts'
import { commandEnvelopeSchema } from '../../shared/sync/push.ts'

/** What a frame of the journal can hold, each under its kind byte. A number once given is never used for another kind. */
const recordSchemas = {
  /** A command a person made. */
  command: { kind: 1, schema: commandEnvelopeSchema },
  /** The server's answer; `isLocal` = the device gave up on it, and the server never used its number. */
  outcome: { kind: 2, schema: z.strictObject({ id: idField, status: z.enum(['applied', 'refused']), error: appErrorSchema.nullable(), isLocal: z.boolean() }) },
  /** All applied commands up to `throughN` have come back in a pull. */
  settled: { kind: 3, schema: z.strictObject({ throughN: z.int().nonnegative(), atMs: instantField }) },
  /** A person put a refused command aside. */
  discarded: { kind: 4, schema: z.strictObject({ id: idField, atMs: instantField }) },
  /** Commands got other numbers, because the server's count was another one; numbering goes on after `highestN`. */
  renumbered: { kind: 5, schema: z.strictObject({ numbers: z.array(z.strictObject({ id: idField, n: z.int().positive() })), highestN: z.int().nonnegative() }) },
  /** First frame of a file: numbering goes on after `lastN`. */
  base: { kind: 6, schema: z.strictObject({ lastN: z.int().nonnegative() }) },
  /** The server came out of a backup: what these commands build on may come back later than they do. */
  restored: { kind: 7, schema: z.strictObject({ ids: z.array(idField), atMs: instantField }) },
  /** A person was told that this command is not saved: should their database bring it back, it is not taken. */
  'given-up': { kind: 8, schema: z.strictObject({ id: idField, atMs: instantField }) },
} as const

type RecordName = keyof typeof recordSchemas
export type JournalRecord = { [K in RecordName]: { readonly type: K; readonly body: z.infer<(typeof recordSchemas)[K]['schema']> } }[RecordName]

export const kindOf = (type: RecordName): number => recordSchemas[type].kind
/** The number a frame carries in clear: a command's own, 0 for all others. */
export const numberOf = (record: JournalRecord): number => (record.type === 'command' ? record.body.n : 0)

/** @returns undefined for a kind or a form that this version does not know */
export function parseRecord(kind: number, body: unknown): JournalRecord | undefined {
  for (const type of Object.keys(recordSchemas) as RecordName[]) {
    if (recordSchemas[type].kind !== kind) continue
    const parsed = recordSchemas[type].schema.safeParse(body)
    return parsed.success ? ({ type, body: parsed.data } as JournalRecord) : undefined
  }
  return undefined
}
