import { type Kysely, sql } from 'kysely'

/**
 * Who had a part in what came of a confidential entry and has none any more is told so in a scope of the feed that bears their own id:
 * in the household's, everybody who sees the household would hear that there is such an entry.
 */
export const ownScope = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}

const who = '(SELECT rls_who())'
/** As in 0008, and one's own. */
const statements = [
  'DROP POLICY feed_select ON feed',
  `CREATE POLICY feed_select ON feed FOR SELECT USING (${who} = 'system' OR (table_name IN (SELECT unnest(rls_tables()))
    AND (scope_id IN (SELECT rls_households()) OR scope_id = '00000000-0000-0000-0000-000000000000'::uuid OR scope_id = (SELECT rls_me())
      OR ${who} IN ('service', 'compliance'))))`,
]
