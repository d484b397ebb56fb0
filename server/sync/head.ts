import { sql } from 'kysely'
import type { Tx } from '../db/open-database.ts'
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
}

/** Takes the head row: until commit every other writer waits, so the order of numbers is the order of commits (H1). */
export async function takeHead(tx: Tx): Promise<TakenHead> {
  return tx
    .updateTable('head')
    .set((eb) => ({ seq: eb.ref('seq') }))
    .returning(['seq', 'audit_n as auditN', 'audit_hash as auditHash', 'epoch'])
    .executeTakeFirstOrThrow()
}

/**
 * Moves the head and, with the commit, tells every listening server.
 * @param concerned where the rows were that changed; others need not be woken
 */
export async function moveHead(tx: Tx, before: Head, after: Head, concerned: Concerned = 'everyone'): Promise<void> {
  await tx.updateTable('head').set({ seq: after.seq, audit_n: after.auditN, audit_hash: after.auditHash }).execute()
  if (after.seq !== before.seq) await sql`SELECT pg_notify(${HEAD_CHANNEL}, ${headMessage(after.seq, concerned)})`.execute(tx)
}
