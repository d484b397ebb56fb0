import { sql } from 'kysely'
import type { Db } from './open-database.ts'
import { sqlStateOf } from './pg-error.ts'

/** Names the cluster and its timeline: a restore to a point in time begins a new timeline, a load of a dump a new cluster. null = not told. */
async function findOrigin(db: Db): Promise<string | null> {
  try {
    const { rows } = await sql<{ origin: string }>`
      SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || (SELECT timeline_id FROM pg_control_checkpoint()) AS origin`.execute(db)
    return rows[0]?.origin ?? null
  } catch (error) {
    if (sqlStateOf(error) === '42501') return null // a managed PostgreSQL that does not let us look
    throw error
  }
}

/** Begins a new epoch: devices start over and send again what the server has lost; some of it may wait for others' (B6). */
export async function beginEpoch(db: Db, nowMs: number): Promise<void> {
  await sql`UPDATE head SET epoch = gen_random_uuid(), restored_at_ms = ${nowMs}`.execute(db)
}

/** After a restore of ours, which began its epoch itself: the next start has nothing to notice. */
export async function noteOrigin(db: Db): Promise<void> {
  await db
    .updateTable('head')
    .set({ origin: await findOrigin(db) })
    .execute()
}

/** At each start: where the database came out of a backup, a new epoch begins by itself. @returns whether it did */
export async function noteRestore(db: Db, nowMs: number): Promise<boolean> {
  const origin = await findOrigin(db)
  if (origin === null) return false
  const head = await db.selectFrom('head').select('origin').executeTakeFirstOrThrow()
  if (head.origin === origin) return false
  await db.updateTable('head').set({ origin }).execute()
  if (head.origin === null) return false
  await beginEpoch(db, nowMs)
  return true
}
