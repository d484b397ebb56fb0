import type pg from 'pg'
import { BackupError } from './backup-error.ts'

/**
 * Left out on purpose: sessions that were ended after the backup must not come back to life with it, so everybody signs
 * in once after a restore; and the schema's own book-keeping, which the migrations write again.
 */
const LEFT_OUT = ['session', 'attempt', 'kysely_migration', 'kysely_migration_lock']

export interface TableToSave {
  readonly table: string
  readonly columns: readonly string[] // without generated ones
}

/** Every table with what has to be saved of it, those that others refer to first. */
export async function listTables(client: pg.Client): Promise<readonly TableToSave[]> {
  const { rows } = await client.query<{ table: string; columns: string[]; needs: string[] | null }>(`
    SELECT c.relname AS table,
      (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
      (SELECT array_agg(DISTINCT f.confrelid::regclass::text) FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f' AND NOT f.condeferrable AND f.confrelid <> c.oid) AS needs
    FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
    WHERE c.relkind = 'r' AND s.nspname = 'public' ORDER BY c.relname`)
  const kept = rows.filter(({ table }) => !LEFT_OUT.includes(table))
  return inOrder(kept.map(({ table, columns, needs }) => ({ table, columns, needs: (needs ?? []).filter((need) => !LEFT_OUT.includes(need)) })))
}

/** Foreign keys that are checked at the end do not count; the others make no circle. */
function inOrder(tables: readonly (TableToSave & { readonly needs: readonly string[] })[]): readonly TableToSave[] {
  const placed = new Set<string>()
  const result: TableToSave[] = []
  while (result.length < tables.length) {
    const next = tables.filter(({ table, needs }) => !placed.has(table) && needs.every((need) => placed.has(need)))
    if (next.length === 0) throw new Error('Tables refer to each other in a circle that is checked at once')
    for (const { table, columns } of next) {
      placed.add(table)
      result.push({ table, columns })
    }
  }
  return result
}

/** Quoted names: they come out of the catalog or were checked by the record's schema. */
export const columnList = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ')

/** A role that is no superuser does not hear what kind of session another role's is. @throws {BackupError} 'in-use' where somebody else is connected to the database */
export async function refuseOtherSessions(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend'`,
  )
  if ((rows[0]?.count ?? 0) > 0) throw new BackupError('in-use', 'Somebody is connected to the database. Stop the server first.')
}
