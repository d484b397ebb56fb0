import { sql } from 'kysely'
import type { Tx } from '../db/open-database.ts'

/** A slip is put right within a day; what stood longer on an account was the household's. */
const SLIP_MS = 86_400_000

export interface FormerIban {
  readonly iban: string
  readonly householdId: string
}

/**
 * Which of these IBANs stood on an account of a household and were taken out of it again, by the trail. Those who claim for a household keep its
 * accounts too: a transfer inside it must not become new money by an edit before it comes.
 */
export async function loadFormerIbans(tx: Tx, ibans: ReadonlySet<string>): Promise<readonly FormerIban[]> {
  const { rows } = await sql<FormerIban>`
    WITH edits AS MATERIALIZED (SELECT c #>> '{after,id}' AS id, c #>> '{after,householdId}' AS household, c #>> '{before,iban}' AS was, c #>> '{after,iban}' AS now, a.received_at_ms AS at
      FROM audit a CROSS JOIN jsonb_array_elements(a.changes) c WHERE a.name IN ('account/add', 'account/edit') AND c ->> 'table' = 'accounts')
    SELECT DISTINCT e.was AS iban, e.household AS "householdId" FROM edits e
    WHERE e.was = ANY(${[...ibans]}::text[]) AND e.now IS DISTINCT FROM e.was
      AND NOT EXISTS (SELECT FROM edits s WHERE s.id = e.id AND s.now = e.was AND s.was IS DISTINCT FROM s.now AND s.at BETWEEN e.at - ${SLIP_MS}::bigint AND e.at)`.execute(tx)
  return rows
}
