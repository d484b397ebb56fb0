import { sql } from 'kysely'
import { z } from 'zod'
import { firmTables, householdTables } from '../../shared/domain/access/visibility.ts'
import { idField } from '../../shared/domain/common/fields.ts'
import type { TableName } from '../../shared/domain/tables.ts'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { localDateOf } from '../../shared/lib/local-date.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { PULL_PAGE_ROWS } from '../../shared/sync/protocol.ts'
import type { SnapshotRequest, SnapshotResponse } from '../../shared/sync/pull.ts'
import { type Actor, FIRM_ZONE } from '../auth/access.ts'
import type { Db, Tx } from '../db/open-database.ts'
import { withActor } from '../db/with-actor.ts'
import { loadRows } from './pull.ts'
import { findScope, type Scope } from './scope.ts'
import { isVisible } from './visible-row.ts'
import { FIRM_SCOPE } from './write-changes.ts'

interface Place {
  readonly scopeId: string
  readonly table: string
  readonly id: string
}

const START: Place = { scopeId: FIRM_SCOPE, table: '', id: FIRM_SCOPE }
const placeSchema = z.tuple([idField, z.string().max(40), idField])

const tokenOf = ({ scopeId, table, id }: Place): string => [scopeId, table, id].join('~')

/** The place that a token names; the server keeps nothing between pages. */
function parseToken(token: string | null): Place | null {
  if (token === null) return START
  const parsed = placeSchema.safeParse(token.split('~'))
  return parsed.success ? { scopeId: parsed.data[0], table: parsed.data[1], id: parsed.data[2] } : null
}

/** Which tables of which scope are wanted: the firm's for the role, a household's for the access to it. */
function wantedTables(householdIds: readonly string[], actor: Actor, scope: Scope): readonly { scopeId: string; table: TableName }[] {
  if (householdIds.length === 0) return firmTables(actor.role).map((table) => ({ scopeId: FIRM_SCOPE, table }))
  return householdIds.flatMap((scopeId) => {
    const access = scope.access.get(scopeId)
    return access ? householdTables[access].map((table) => ({ scopeId, table })) : []
  })
}

async function listPlaces(tx: Tx, wanted: readonly { scopeId: string; table: TableName }[], after: Place): Promise<readonly { scopeId: string; table: TableName; id: string }[]> {
  const { rows } = await sql<{ scopeId: string; table: TableName; id: string }>`
    SELECT f.scope_id AS "scopeId", f.table_name AS "table", f.row_id AS id
    FROM feed f JOIN unnest(${wanted.map((w) => w.scopeId)}::uuid[], ${wanted.map((w) => w.table)}::text[]) AS w(scope_id, table_name) USING (scope_id, table_name)
    WHERE NOT f.is_gone AND (f.scope_id, f.table_name, f.row_id) > (${after.scopeId}::uuid, ${after.table}, ${after.id}::uuid)
    ORDER BY f.scope_id, f.table_name, f.row_id LIMIT ${PULL_PAGE_ROWS + 1}`.execute(tx)
  return rows
}

/** A page of all rows of the households, or of the firm. Errors: 'access/not-found' (a household out of scope), 'request/malformed' (token). */
export function readSnapshot(db: Db, actor: Actor, request: SnapshotRequest, nowMs: number): Promise<Result<SnapshotResponse, AppError>> {
  const work = async (tx: Tx): Promise<Result<SnapshotResponse, AppError>> => {
    const after = parseToken(request.after)
    if (!after) return err(appError('request/malformed', { path: 'after', problem: 'not a token of this server' }))
    const scope = await findScope(tx, actor, localDateOf(nowMs, FIRM_ZONE))
    const householdIds = [...new Set(request.householdIds)]
    if (householdIds.some((id) => !scope.access.has(id))) return err(appError('access/not-found'))
    const found = await listPlaces(tx, wantedTables(householdIds, actor, scope), after)
    const places = found.slice(0, PULL_PAGE_ROWS)
    const { stored, entryOf } = await loadRows(tx, places)
    const rows = places.flatMap(({ table, id }) => {
      const row = stored.get(`${table} ${id}`)
      return row && isVisible(table, row.row, entryOf(table, row.row), actor, scope) ? [{ table, id, seq: row.seq, row: row.row }] : []
    })
    const last = places.at(-1)
    return ok({ rows, next: found.length > PULL_PAGE_ROWS && last ? tokenOf(last) : null })
  }
  return withActor(db, actor.id, work, 'repeatable read')
}
