import { sql } from 'kysely'
import { z } from 'zod'
import { idField, instantField } from '../../shared/domain/common/fields.ts'
import type { TableName } from '../../shared/domain/tables.ts'
import type { Db, Tx } from '../db/open-database.ts'
import { selectRowsById } from '../db/record-sql.ts'
import type { Change, Row } from './proof/export-format.ts'

/** A record as an entry of the trail left it. */
export const recordVersionSchema = z.strictObject({
  entry: z.int().positive(),
  commandId: idField,
  name: z.string(),
  actorId: idField.nullable(), // null = the server
  madeAtMs: instantField,
  receivedAtMs: instantField,
  row: z.record(z.string(), z.unknown()),
})
export type RecordVersion = z.infer<typeof recordVersionSchema>

interface Found {
  readonly n: number
  readonly command_id: string
  readonly actor_id: string | null
  readonly name: string
  readonly made_at_ms: number
  readonly received_at_ms: number
  readonly changes: readonly Change[]
}

const versionOf = (entry: Found, row: Row): RecordVersion => ({
  entry: entry.n,
  commandId: entry.command_id,
  name: entry.name,
  actorId: entry.actor_id,
  madeAtMs: entry.made_at_ms,
  receivedAtMs: entry.received_at_ms,
  row,
})

/**
 * Every version that a record ever had, oldest first, out of the trail alone; a bank line's first one out of its row, for
 * which the import's digest vouches (H4). Empty = there never was such a record.
 */
export async function rebuildVersions(db: Db | Tx, table: TableName, id: string): Promise<readonly RecordVersion[]> {
  const wanted = JSON.stringify([{ table, after: { id } }])
  const { rows: entries } = await sql<Found>`SELECT n, command_id, actor_id, name, made_at_ms, received_at_ms, changes
    FROM audit WHERE changes @> ${wanted}::jsonb ORDER BY n`.execute(db)
  const changes = entries.flatMap((entry) => entry.changes.filter((c) => c.table === table && c.after.id === id).map((change) => ({ entry, change })))
  const versions = changes.map(({ entry, change }) => versionOf(entry, change.after))
  if (table !== 'accountActivities') return versions
  const first = changes[0]?.change.before ?? ((await selectRowsById(db, table, [id]))[0]?.row as Row | undefined)
  const importing = first && (await findImport(db, String(first['fileId'])))
  return importing ? [versionOf(importing, first), ...versions] : versions
}

async function findImport(db: Db | Tx, fileId: string): Promise<Found | undefined> {
  const wanted = JSON.stringify({ fileId })
  const { rows } = await sql<Found>`SELECT n, command_id, actor_id, name, made_at_ms, received_at_ms, changes FROM audit WHERE left_out @> ${wanted}::jsonb`.execute(db)
  return rows[0]
}
