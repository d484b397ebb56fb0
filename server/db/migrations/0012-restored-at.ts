import { type Kysely, sql } from 'kysely'

/** When the last restore was noticed: for a while after it, and only then, commands may be left with their device rather than be refused (B6). */
export const restoredAt = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql.raw('ALTER TABLE head ADD COLUMN restored_at_ms bigint').execute(db)
    // A restore before this step is told by its announcement; the first epoch has none before it.
    await sql.raw(`UPDATE head SET restored_at_ms = (SELECT max(received_at_ms) FROM audit WHERE name = 'server/epoch' AND args ->> 'previous' IS NOT NULL)`).execute(db)
  },
}
