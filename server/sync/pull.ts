import { type RawBuilder, sql } from 'kysely'
import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import type { AnyRow, TableName } from '../../shared/domain/tables.ts'
import { type LocalDate, localDateOf } from '../../shared/lib/local-date.ts'
import { must } from '../../shared/lib/must.ts'
import { PULL_PAGE_ROWS } from '../../shared/sync/protocol.ts'
import type { PullRequest, PullResponse, WireRow } from '../../shared/sync/pull.ts'
import type { CommandOutcome } from '../../shared/sync/push.ts'
import { NO_HASH } from '../../shared/sync/signing.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import { type Actor, FIRM_ZONE } from '../auth/access.ts'
import { entryIdOf } from '../auth/entry-parts.ts'
import { askForPeople } from '../auth/people.ts'
import type { Db, Tx } from '../db/open-database.ts'
import { rowsById, type StoredRow, selectRowsById } from '../db/record-sql.ts'
import { type Answer, type Statement, together } from '../db/together.ts'
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
    const { question, people } = askForPeople(db)
    const headRow = tx.selectFrom('head').select(['seq', 'epoch', 'audit_n', 'audit_hash'])
    const [heads, changed, named] = await together(tx, headRow, question, hashAt(request.headSize))
    const head = must(heads.rows[0], 'head')
    const scope = await findScope(tx, actor, todayOn, await people(tx, head, changed.rows[0]?.isChanged !== false))
    const page = await readPage(tx, { actor, deviceId }, request, head.seq, scope, todayOn, mostRows)
    return {
      epoch: head.epoch,
      ...page,
      scopeHash: scope.hash,
      scope: request.scopeHash === scope.hash ? null : scopeEntriesOf(scope),
      head: { size: head.audit_n, hash: head.audit_hash, hashAtNamed: request.headSize === 0 ? NO_HASH : (named.rows[0]?.hash ?? null) },
    }
  }
  return withActor(db, actor.id, work, 'repeatable read', todayOn)
}

/** The trail's hash at an earlier size (K1); of the trail a person sees this and nothing else. */
const hashAt = (size: number | undefined): RawBuilder<{ hash: string | null }> => sql`SELECT trail_hash_at(${size ?? null}::bigint) AS hash`

/** Feed entries behind the cursor, oldest first, of households in the scope. Costs as much as there are changes (L2). */
export function entriesBehind(cursor: number, actor: Actor, scope: Scope, limit: number): RawBuilder<Entry> {
  const scopeIds = [FIRM_SCOPE, ...scope.access.keys()]
  return sql<Entry>`SELECT scope_id AS "scopeId", table_name AS "table", row_id AS id, seq FROM feed
    WHERE seq > ${cursor} AND table_name = ANY(${visibleTables(actor, scope)}::text[]) AND scope_id IN (SELECT unnest(${scopeIds}::uuid[]))
    ORDER BY seq LIMIT ${sql.lit(limit)}`
}

type Page = Pick<PullResponse, 'cursor' | 'hasMore' | 'rows' | 'lastN' | 'outcomes'>

async function readPage(tx: Tx, { actor, deviceId }: Puller, request: PullRequest, headSeq: number, scope: Scope, todayOn: LocalDate, mostRows: number): Promise<Page> {
  const found = request.cursor === null ? [] : (await together(tx, entriesBehind(request.cursor, actor, scope, mostRows + 1)))[0].rows
  const entries = found.slice(0, mostRows)
  const hasMore = found.length > mostRows
  const cursor = (hasMore ? entries.at(-1)?.seq : undefined) ?? headSeq
  const wanted = rowsOf(entries)
  const [last, outcomes, ...answers] = await together(tx, lastNAt(deviceId, cursor), outcomesAt(deviceId, request.sinceN, cursor), ...wanted.statements)
  const { stored, entryOf } = await wanted.takeIn(tx, answers)
  const hidden = entries.filter((e) => !stored.has(keyOf(e))) // policies of rows keep them from the person
  const removable = hidden.length === 0 ? stored : (await lookAsSystem(tx, actor.id, todayOn, () => loadRows(tx, hidden))).stored
  const rows = new Map<string, WireRow>()
  for (const entry of entries) {
    const row = stored.get(keyOf(entry))
    const wire = row ? wireRowOf(entry, row, entryOf, actor, scope) : removalOf(entry, removable.get(keyOf(entry)), actor, scope)
    if (wire) rows.set(keyOf(entry), wire)
  }
  return { cursor, hasMore, rows: [...rows.values()], lastN: last.rows[0]?.n ?? 0, outcomes: [...outcomes.rows] }
}

const keyOf = ({ table, id }: { readonly table: TableName; readonly id: string }): string => `${table} ${id}`

type EntryOf = (table: TableName, row: AnyRow) => ContactEntry | undefined

interface LoadedRows {
  readonly stored: ReadonlyMap<string, StoredRow>
  readonly entryOf: EntryOf
}

/** Statements for rows of the named keys as they are now, one a table, and what makes of their answers the rows and the entries that follow-ups and claims came from. */
function rowsOf(keys: readonly { readonly table: TableName; readonly id: string }[]): {
  readonly statements: readonly Statement<StoredRow>[]
  readonly takeIn: (tx: Tx, answers: readonly Answer<StoredRow>[]) => Promise<LoadedRows>
} {
  const byTable = [...Map.groupBy(keys, (k) => k.table)].map(([table, group]) => ({ table, ids: [...new Set(group.map((k) => k.id))] }))
  return {
    statements: byTable.map(({ table, ids }) => rowsById(table, ids)),
    takeIn: async (tx, answers) => {
      const stored = new Map<string, StoredRow>()
      for (const [i, { table }] of byTable.entries()) for (const found of answers[i]?.rows ?? []) stored.set(keyOf({ table, id: found.row.id }), found)
      return { stored, entryOf: await findEntries(tx, stored) }
    },
  }
}

/** An entry is as a rule among the rows already. */
async function findEntries(tx: Tx, stored: LoadedRows['stored']): Promise<EntryOf> {
  const ids = new Set([...stored].flatMap(([key, { row }]) => entryIdOf(tableOf(key), row) ?? []))
  const missing = [...ids].filter((id) => !stored.has(keyOf({ table: 'contactEntries', id })))
  const entries = new Map((missing.length === 0 ? [] : await selectRowsById(tx, 'contactEntries', missing)).map(({ row }) => [row.id, row]))
  return (table, row) => {
    const id = entryIdOf(table, row) ?? ''
    return entries.get(id) ?? (stored.get(keyOf({ table: 'contactEntries', id }))?.row as ContactEntry | undefined)
  }
}

async function loadRows(tx: Tx, keys: readonly { readonly table: TableName; readonly id: string }[]): Promise<LoadedRows> {
  const { statements, takeIn } = rowsOf(keys)
  return takeIn(tx, await together(tx, ...statements))
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
const lastNAt = (deviceId: string, cursor: number): RawBuilder<{ n: number }> =>
  sql`SELECT n FROM command_log WHERE device_id = ${deviceId} AND seq <= ${cursor} ORDER BY n DESC LIMIT 1`

/** Answers up to that command: a device's numbers and those of the head rise together. */
const outcomesAt = (deviceId: string, sinceN: number, cursor: number): RawBuilder<CommandOutcome> =>
  sql`SELECT n, command_id AS id, status, error FROM command_log WHERE device_id = ${deviceId} AND n > ${sinceN} AND seq <= ${cursor} ORDER BY n LIMIT ${sql.lit(PULL_PAGE_ROWS)}`
