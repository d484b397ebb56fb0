import { type RawBuilder, sql } from 'kysely'
import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import type { AnyRow, TableName } from '../../shared/domain/tables.ts'
import { type LocalDate, localDateOf } from '../../shared/lib/local-date.ts'
import { PULL_PAGE_ROWS } from '../../shared/sync/protocol.ts'
import type { PullRequest, PullResponse, WireRow } from '../../shared/sync/pull.ts'
import type { CommandOutcome } from '../../shared/sync/push.ts'
import { NO_HASH } from '../../shared/sync/signing.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import { type Actor, FIRM_ZONE } from '../auth/access.ts'
import { entryIdOf } from '../auth/entry-parts.ts'
import type { Db, Tx } from '../db/open-database.ts'
import { type StoredRow, selectRowsById } from '../db/record-sql.ts'
import { lookAsSystem, withActor } from '../db/with-actor.ts'
import { findScope, type Scope, scopeEntriesOf } from './scope.ts'
import { isVisible, mayHoldEarlier, visibleTables } from './visible-row.ts'
import { FIRM_SCOPE } from './write-changes.ts'

export interface Puller {
  readonly actor: Actor
  readonly deviceId: string
}

interface Entry {
  readonly scopeId: string
  readonly table: TableName
  readonly id: string
  readonly seq: number
}

/** The next page of changes, all read at one moment (L1–L5, L7). */
export function pullChanges(db: Db, { actor, deviceId }: Puller, request: PullRequest, nowMs: number, mostRows = PULL_PAGE_ROWS): Promise<PullResponse> {
  const todayOn = localDateOf(nowMs, FIRM_ZONE)
  const work = async (tx: Tx): Promise<PullResponse> => {
    reach('server.pull.read')
    const head = await tx.selectFrom('head').select(['seq', 'epoch', 'audit_n', 'audit_hash']).executeTakeFirstOrThrow()
    const scope = await findScope(tx, actor, todayOn)
    const page = request.cursor === null ? { rows: [], lastSeq: null } : await readPage(tx, request.cursor, actor, scope, todayOn, mostRows)
    const cursor = page.lastSeq ?? head.seq
    const lastN = await findLastN(tx, deviceId, cursor)
    return {
      epoch: head.epoch,
      cursor,
      hasMore: page.lastSeq !== null,
      rows: page.rows,
      lastN,
      outcomes: await listOutcomes(tx, deviceId, request.sinceN, lastN),
      scopeHash: scope.hash,
      scope: request.scopeHash === scope.hash ? null : scopeEntriesOf(scope),
      head: { size: head.audit_n, hash: head.audit_hash, hashAtNamed: await findHashAt(tx, request.headSize) },
    }
  }
  return withActor(db, actor.id, work, 'repeatable read', todayOn)
}

/** The trail's hash at an earlier size (K1). */
async function findHashAt(tx: Tx, size: number | undefined): Promise<string | null> {
  if (size === undefined) return null
  if (size === 0) return NO_HASH
  const { rows } = await sql<{ hash: string | null }>`SELECT trail_hash_at(${size}) AS hash`.execute(tx) // of the trail a person sees this and nothing else
  return rows[0]?.hash ?? null
}

/** Feed entries behind the cursor, oldest first, of households in the scope. Costs as much as there are changes (L2). */
export function entriesBehind(cursor: number, actor: Actor, scope: Scope, limit: number): RawBuilder<Entry> {
  const scopeIds = [FIRM_SCOPE, ...scope.access.keys()]
  return sql<Entry>`SELECT scope_id AS "scopeId", table_name AS "table", row_id AS id, seq FROM feed
    WHERE seq > ${cursor} AND table_name = ANY(${visibleTables(actor, scope)}::text[]) AND scope_id IN (SELECT unnest(${scopeIds}::uuid[]))
    ORDER BY seq LIMIT ${limit}`
}

/** @returns `lastSeq` null where the page is the last one */
async function readPage(tx: Tx, cursor: number, actor: Actor, scope: Scope, todayOn: LocalDate, mostRows: number): Promise<{ rows: readonly WireRow[]; lastSeq: number | null }> {
  const { rows: found } = await entriesBehind(cursor, actor, scope, mostRows + 1).execute(tx)
  const entries = found.slice(0, mostRows)
  const { stored, entryOf } = await loadRows(tx, entries)
  const hidden = entries.filter((e) => !stored.has(keyOf(e))) // policies of rows keep them from the person
  const removable = hidden.length === 0 ? stored : (await lookAsSystem(tx, actor.id, todayOn, () => loadRows(tx, hidden))).stored
  const rows = new Map<string, WireRow>()
  for (const entry of entries) {
    const row = stored.get(keyOf(entry))
    const wire = row ? wireRowOf(entry, row, entryOf, actor, scope) : removalOf(entry, removable.get(keyOf(entry)), actor, scope)
    if (wire) rows.set(keyOf(entry), wire)
  }
  return { rows: [...rows.values()], lastSeq: found.length > mostRows ? (entries.at(-1)?.seq ?? null) : null }
}

const keyOf = ({ table, id }: { readonly table: TableName; readonly id: string }): string => `${table} ${id}`

type EntryOf = (table: TableName, row: AnyRow) => ContactEntry | undefined

/** Rows of the named keys as they are now, with one query a table, and the entries that follow-ups and claims came from. */
export async function loadRows(
  tx: Tx,
  keys: readonly { readonly table: TableName; readonly id: string }[],
): Promise<{ readonly stored: ReadonlyMap<string, StoredRow>; readonly entryOf: EntryOf }> {
  const stored = new Map<string, StoredRow>()
  for (const [table, ofTable] of Map.groupBy(keys, (k) => k.table)) {
    const ids = [...new Set(ofTable.map((k) => k.id))]
    for (const found of await selectRowsById(tx, table, ids)) stored.set(keyOf({ table, id: found.row.id }), found)
  }
  const entryIds = [...stored].flatMap(([key, { row }]) => entryIdOf(tableOf(key), row) ?? [])
  const entries = new Map((await selectRowsById(tx, 'contactEntries', [...new Set(entryIds)])).map(({ row }) => [row.id, row]))
  return { stored, entryOf: (table, row) => entries.get(entryIdOf(table, row) ?? '') }
}

const tableOf = (key: string): TableName => key.slice(0, key.indexOf(' ')) as TableName

/** The row, or its removal (L4), or null where the person never saw it. */
function wireRowOf(entry: Entry, stored: StoredRow, entryOf: EntryOf, actor: Actor, scope: Scope): WireRow | null {
  const { table, id } = entry
  return isVisible(table, stored.row, entryOf(table, stored.row), actor, scope) ? { table, id, seq: stored.seq, row: stored.row } : removalOf(entry, stored, actor, scope)
}

function removalOf({ table, id, seq, scopeId }: Entry, stored: StoredRow | undefined, actor: Actor, scope: Scope): WireRow | null {
  return stored && mayHoldEarlier(table, stored.row, scopeId, actor, scope) ? { table, id, seq, row: null } : null
}

/** The device's last command whose effect is at or before the cursor (L7). */
async function findLastN(tx: Tx, deviceId: string, cursor: number): Promise<number> {
  const last = await tx.selectFrom('command_log').select('n').where('device_id', '=', deviceId).where('seq', '<=', cursor).orderBy('n', 'desc').limit(1).executeTakeFirst()
  return last?.n ?? 0
}

async function listOutcomes(tx: Tx, deviceId: string, sinceN: number, lastN: number): Promise<CommandOutcome[]> {
  return tx
    .selectFrom('command_log')
    .select(['n', 'command_id as id', 'status', 'error'])
    .where('device_id', '=', deviceId)
    .where('n', '>', sinceN)
    .where('n', '<=', lastN)
    .orderBy('n')
    .limit(PULL_PAGE_ROWS)
    .execute()
}
