import { sql } from 'kysely'
import type { Tx } from '../db/open-database.ts'
import { type Statement, together } from '../db/together.ts'
import { type Concerned, headMessage } from './concerned.ts'

export const HEAD_CHANNEL = 'rapport_head'

/** The place in the order that a batch continues from. */
export interface Head {
  readonly seq: number
  readonly auditN: number
  readonly auditHash: string
}

export interface TakenHead extends Head {
  readonly epoch: string
  readonly restoredAtMs: number | null // when this epoch began with a restore; null = there was none
}

/** Where the order stands, without taking it. */
export const headSeen = (tx: Tx) => tx.selectFrom('head').select(['seq', 'epoch'])

/** Takes the head row: until commit every other writer waits, so the order of numbers is the order of commits (H1). */
export const headTaken = (tx: Tx) =>
  tx
    .updateTable('head')
    .set((eb) => ({ seq: eb.ref('seq') }))
    .returning(['seq', 'audit_n as auditN', 'audit_hash as auditHash', 'epoch', 'restored_at_ms as restoredAtMs'])

export const takeHead = (tx: Tx): Promise<TakenHead> => headTaken(tx).executeTakeFirstOrThrow()

/** What moves the head and, with the commit, tells every listening server. @param concerned where the rows were that changed; others need not be woken */
export function headMoves(before: Head, after: Head, concerned: Concerned): readonly Statement<unknown>[] {
  const move = sql`UPDATE head SET seq = ${after.seq}, audit_n = ${after.auditN}, audit_hash = ${after.auditHash}`
  return after.seq === before.seq ? [move] : [move, sql`SELECT pg_notify(${HEAD_CHANNEL}, ${headMessage(after.seq, concerned)})`]
}

export async function moveHead(tx: Tx, before: Head, after: Head, concerned: Concerned = 'everyone'): Promise<void> {
  await together(tx, ...headMoves(before, after, concerned))
}
