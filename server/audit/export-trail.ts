import { sql } from 'kysely'
import { tableNames } from '../../shared/domain/tables.ts'
import type { Db, Tx } from '../db/open-database.ts'
import { selectRows } from '../db/record-sql.ts'
import type { Entry, ExportFile, ExportRecord, Row } from './proof/export-format.ts'

const PAGE = 1_000
const NIL = '00000000-0000-0000-0000-000000000000'

/** Everything that the proof of the trail needs, page by page; read it in one repeatable-read transaction. */
export async function* exportTrail(tx: Db | Tx, takenAtMs: number): AsyncGenerator<ExportRecord> {
  const head = await tx.selectFrom('head').select(['audit_n', 'audit_hash', 'epoch']).executeTakeFirstOrThrow()
  yield { kind: 'head', head: { format: 2, takenAtMs, size: head.audit_n, hash: head.audit_hash, epoch: head.epoch } }
  const counts = { entry: 0, device: 0, log: 0, row: 0, file: 0 }
  for await (const record of parts(tx)) {
    counts[record.kind] += 1
    yield record
  }
  yield { kind: 'end', counts }
}

type Part = Exclude<ExportRecord, { kind: 'head' | 'end' }>

async function* parts(tx: Db | Tx): AsyncGenerator<Part> {
  yield* entries(tx)
  yield* devices(tx)
  yield* logs(tx)
  for (const table of tableNames) yield* rows(tx, table)
  yield* files(tx)
}

async function* devices(tx: Db | Tx): AsyncGenerator<Part> {
  for (const d of await tx.selectFrom('device').selectAll().orderBy('id').execute()) {
    const made = { id: d.id, colleagueId: d.colleague_id, name: d.name, publicKey: d.public_key, createdAtMs: d.created_at_ms }
    const now = { lastN: d.last_n, chainHash: d.chain_hash, revokedAtMs: d.revoked_at_ms, revokedBy: d.revoked_by }
    yield { kind: 'device', device: { ...made, ...now } }
  }
}

/** The database hashes the bytes, so that none of them travel. */
async function* files(tx: Db | Tx): AsyncGenerator<Part> {
  const { rows: all } = await sql<ExportFile>`SELECT sha256, encode(sha256(bytes), 'hex') AS "bytesSha256" FROM blob ORDER BY sha256`.execute(tx)
  for (const { sha256, bytesSha256 } of all) yield { kind: 'file', file: { sha256, bytesSha256 } }
}

async function* entries(tx: Db | Tx): AsyncGenerator<Part> {
  for (let n: number | null = null; ; ) {
    const page: readonly Entry[] = (await tx
      .selectFrom('audit')
      .selectAll()
      .where((eb) => (n === null ? eb.lit(true) : eb('n', '>', n)))
      .orderBy('n')
      .limit(PAGE)
      .execute()) as never
    for (const entry of page) yield { kind: 'entry', entry }
    const last = page.at(-1)
    if (page.length < PAGE || !last) return
    n = last.n
  }
}

async function* logs(tx: Db | Tx): AsyncGenerator<Part> {
  for (let after = { device_id: NIL, n: -1 }; ; ) {
    const page = await tx
      .selectFrom('command_log')
      .selectAll()
      .where(sql<boolean>`(device_id, n) > (${after.device_id}::uuid, ${after.n}::bigint)`)
      .orderBy('device_id')
      .orderBy('n')
      .limit(PAGE)
      .execute()
    for (const log of page) yield { kind: 'log', log }
    const last = page.at(-1)
    if (page.length < PAGE || !last) return
    after = last
  }
}

async function* rows(tx: Db | Tx, table: (typeof tableNames)[number]): AsyncGenerator<Part> {
  for (let after: string | null = null; ; ) {
    const page: readonly { readonly row: Row }[] = (await selectRows(tx, table, sql`${after === null ? sql`true` : sql`id > ${after}::uuid`} ORDER BY id LIMIT ${PAGE}`)) as never
    for (const { row } of page) yield { kind: 'row', table, row }
    const last = page.at(-1)
    if (page.length < PAGE || !last) return
    after = last.row.id
  }
}
