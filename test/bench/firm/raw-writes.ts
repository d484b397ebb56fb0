import { sql } from 'kysely'
import type { Db } from '../../../server/db/open-database.ts'

/** What pushes of contact entries wrote, table by table, as JSON for one insert. */
export interface Copies {
  readonly commands: number
  readonly tables: readonly { readonly table: string; readonly rows: readonly Record<string, unknown>[] }[]
}

const TABLES = ['contact_entries', 'feed', 'command_log', 'audit'] as const

interface Mark {
  readonly seq: number
  readonly auditN: number
}

export const copyOfWrites = {
  async mark(db: Db): Promise<Mark> {
    return db.selectFrom('head').select(['seq', 'audit_n as auditN']).executeTakeFirstOrThrow()
  },

  /** Every row written since, with keys that are free, so that it can be written again. */
  async since(db: Db, { seq, auditN }: Mark): Promise<Copies> {
    const where = { contact_entries: sql`seq > ${seq}`, feed: sql`seq > ${seq}`, command_log: sql`seq > ${seq}`, audit: sql`n > ${auditN}` }
    const tables = []
    for (const table of TABLES) {
      const { rows } = await sql<{ row: Record<string, unknown> }>`SELECT to_jsonb(t) AS row FROM ${sql.table(table)} t WHERE ${where[table]}`.execute(db)
      tables.push({ table, rows: rows.map((r) => r.row) })
    }
    return { commands: tables.at(-1)?.rows.length ?? 0, tables }
  },
}

let round = 0

/** New keys of the same form; nothing else of a row changes. */
function renewed(table: string, row: Record<string, unknown>): Record<string, unknown> {
  const change = (id: unknown): string => `${String(id).slice(0, 14)}${round % 4}${String(id).slice(15)}` // a version that no real id has
  if (table === 'contact_entries') return { ...row, id: change(row['id']) }
  if (table === 'feed') return { ...row, row_id: change(row['row_id']) }
  if (table === 'command_log') return { ...row, n: Number(row['n']) + round * 1_000_000, command_id: change(row['command_id']) }
  return { ...row, n: Number(row['n']) + round * 10_000_000, hash: `round-${round}-${String(row['hash']).slice(10)}` }
}

/** The copies in transactions of so many commands, one statement a table, as an import without any rule would write them. */
export async function insertCopies(db: Db, copies: Copies, batch: number): Promise<void> {
  round += 1
  const renewedTables = copies.tables.map(({ table, rows }) => ({ table, rows: rows.map((row) => renewed(table, row)) }))
  for (let i = 0; i < copies.commands; i += batch) {
    await db.transaction().execute(async (tx) => {
      for (const { table, rows } of renewedTables) {
        const chunk = JSON.stringify(rows.slice(i, i + batch))
        await sql`INSERT INTO ${sql.table(table)} SELECT * FROM jsonb_populate_recordset(NULL::${sql.table(table)}, ${chunk}::jsonb)`.execute(tx)
      }
    })
  }
}
