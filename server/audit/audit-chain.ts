import { sql } from 'kysely'
import type { Tx } from '../db/open-database.ts'
import type { AuditTable } from '../db/schema.ts'
import { auditHash } from './entry-hash.ts'

/** What one entry of the trail says; number and hashes are added when it joins the chain. */
export type AuditFacts = Omit<AuditTable, 'n' | 'prev_hash' | 'hash'>

/** Puts entries behind the last one, each chained to the one before. */
export function chainEntries(last: { readonly n: number; readonly hash: string }, facts: readonly AuditFacts[]): readonly AuditTable[] {
  let { n, hash } = last
  return facts.map((fact) => {
    n += 1
    const entry = { ...fact, n, prev_hash: hash }
    hash = auditHash(entry)
    return { ...entry, hash }
  })
}

/** Writes entries in one statement. */
export async function writeAudit(tx: Tx, entries: readonly AuditTable[]): Promise<void> {
  if (entries.length === 0) return
  await sql`INSERT INTO audit SELECT * FROM jsonb_populate_recordset(null::audit, ${JSON.stringify(entries)}::jsonb)`.execute(tx)
}
