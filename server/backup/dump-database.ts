import { createHash } from 'node:crypto'
import type pg from 'pg'
import { type BackupRecord, encodeRecord } from './backup-record.ts'
import { copyOut } from './copy-stream.ts'
import { columnList, listTables, type TableToSave } from './table-list.ts'

/** Rows are handed on in pieces of about this size, however small or large a row is. */
const ROWS_BYTES = 262_144

/**
 * Everything in the database as one stream, as it is at one moment, while others go on writing. 'system' sees every
 * row of every table (R2), also where the role is held to the policies of rows.
 */
export async function* dumpDatabase(client: pg.Client, takenAtMs: number, serverKey: string | null): AsyncGenerator<Buffer> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  await client.query(`SET LOCAL rapport.actor = 'system'`)
  try {
    for await (const record of records(client, takenAtMs, serverKey)) yield encodeRecord(record)
  } finally {
    await client.query('ROLLBACK').catch(() => undefined) // where the connection is gone, so is the transaction
  }
}

async function* records(client: pg.Client, takenAtMs: number, serverKey: string | null): AsyncGenerator<BackupRecord> {
  yield { kind: 'manifest', body: { ...(await readManifest(client, takenAtMs)), ...(serverKey === null ? {} : { serverKey }) } }
  const tables = await listTables(client)
  let rowCount = 0
  for (const table of tables) {
    yield { kind: 'table', body: { table: table.table, columns: [...table.columns] } }
    const end = yield* tableRows(client, table)
    rowCount += end.rows
    yield { kind: 'table-end', body: { table: table.table, ...end } }
  }
  yield { kind: 'end', body: { tables: tables.length, rows: rowCount, sequences: await readSequences(client) } }
}

async function readManifest(client: pg.Client, takenAtMs: number) {
  const head = await client.query<{ epoch: string; seq: string; audit_n: string; audit_hash: string }>('SELECT epoch, seq::text, audit_n::text, audit_hash FROM head')
  const steps = await client.query<{ name: string }>('SELECT name FROM kysely_migration ORDER BY name')
  const server = await client.query<{ server_version: string }>('SHOW server_version')
  const { epoch, seq, audit_n, audit_hash } = head.rows[0] ?? { epoch: '', seq: '0', audit_n: '0', audit_hash: '' }
  const migrations = steps.rows.map((step) => step.name)
  return { takenAtMs, postgres: server.rows[0]?.server_version ?? '', migrations, epoch, seq: Number(seq), auditN: Number(audit_n), auditHash: audit_hash }
}

async function* tableRows(client: pg.Client, { table, columns }: TableToSave): AsyncGenerator<BackupRecord, { rows: number; sha256: string }> {
  const hash = createHash('sha256')
  let rows = 0
  let held: Buffer[] = []
  let length = 0
  const copied = copyOut(client, `COPY (SELECT ${columnList(columns)} FROM public."${table}") TO STDOUT`)
  for await (const chunk of copied) {
    held.push(chunk)
    length += chunk.length
    if (length < ROWS_BYTES) continue
    yield rowsRecord(held)
    held = []
    length = 0
  }
  if (length > 0) yield rowsRecord(held)
  if (rows !== copied.rowCount) throw new Error(`PostgreSQL sent ${copied.rowCount} rows of ${table}, ${rows} arrived`)
  return { rows, sha256: hash.digest('hex') }

  function rowsRecord(chunks: readonly Buffer[]): BackupRecord {
    const body = Buffer.concat(chunks)
    hash.update(body)
    rows += countLines(body)
    return { kind: 'rows', body }
  }
}

/** In COPY's text form a line feed ends a row and nothing else: those inside values are written as \n. */
export function countLines(bytes: Buffer): number {
  let count = 0
  for (let i = bytes.indexOf(10); i !== -1; i = bytes.indexOf(10, i + 1)) count++
  return count
}

/** Where the counters of identity columns stand; those that never counted are left out. */
async function readSequences(client: pg.Client): Promise<Record<string, number>> {
  const { rows } = await client.query<{ name: string; last: string | null }>(`SELECT sequencename AS name, last_value::text AS last FROM pg_sequences WHERE schemaname = 'public'`)
  return Object.fromEntries(rows.flatMap(({ name, last }) => (last === null ? [] : [[name, Number(last)]])))
}
