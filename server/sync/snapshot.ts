import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'
import { z } from 'zod'
import { firmTables, householdTables } from '../../shared/domain/access/visibility.ts'
import { idField } from '../../shared/domain/common/fields.ts'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { localDateOf } from '../../shared/lib/local-date.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { type PackedPage, packText } from '../../shared/sync/packed-page.ts'
import type { SnapshotPart, SnapshotRequest } from '../../shared/sync/pull.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import { type Actor, FIRM_ZONE } from '../auth/access.ts'
import type { Db, Tx } from '../db/open-database.ts'
import { withActor } from '../db/with-actor.ts'
import { type Place, packedKeys, type SnapshotPage, selectSnapshotPage, type WantedTable } from './packed-rows.ts'
import { findAccess, type Scope } from './scope.ts'
import { FIRM_SCOPE } from './write-changes.ts'

const START: Place = { scopeId: FIRM_SCOPE, table: '', id: FIRM_SCOPE }
const placeSchema = z.tuple([idField, z.string().max(40), idField])
/** Fastest: the next levels save a twentieth of the bytes for twice the time. */
const DEFLATE_LEVEL = 1

const deflate = promisify(deflateRaw)

const tokenOf = ({ scopeId, table, id }: Place): string => [scopeId, table, id].join('~')

/** The place that a token names; the server keeps nothing between pages. */
function parseToken(token: string | null): Place | null {
  if (token === null) return START
  const parsed = placeSchema.safeParse(token.split('~'))
  return parsed.success ? { scopeId: parsed.data[0], table: parsed.data[1], id: parsed.data[2] } : null
}

/** Which tables of which scope are wanted: the firm's for the role, a household's for the access to it. */
function wantedTables(householdIds: readonly string[], actor: Actor, seen: Scope['access']): readonly WantedTable[] {
  if (householdIds.length === 0) return firmTables(actor.role).map((table) => ({ scopeId: FIRM_SCOPE, table, access: null }))
  return householdIds.flatMap((scopeId) => {
    const access = seen.get(scopeId)
    return access ? householdTables[access].map((table) => ({ scopeId, table, access })) : []
  })
}

const ofPart = (part: SnapshotPart | undefined, wanted: readonly WantedTable[]): readonly WantedTable[] =>
  part === undefined ? wanted : wanted.filter(({ table }) => (table === 'contactEntries') === (part === 'entries'))

/** Deflated outside of the transaction, so that no connection waits for it, and in the thread pool. */
async function packPage({ tables, householdIds, rowCount, last }: SnapshotPage): Promise<PackedPage> {
  const text = Buffer.from(packText(tables.map(({ table, rowsJson }) => ({ table, keys: packedKeys(table), rowsJson }))))
  const body = await deflate(text, { level: DEFLATE_LEVEL })
  return { header: { format: 1, rowCount, textBytes: text.length, householdIds: [...householdIds], next: last ? tokenOf(last) : null }, body }
}

/** A page of all rows of the households, or of the firm. Errors: 'access/not-found' (a household out of scope), 'request/malformed' (token). */
export async function readSnapshot(db: Db, actor: Actor, request: SnapshotRequest, nowMs: number): Promise<Result<PackedPage, AppError>> {
  const after = parseToken(request.after)
  if (!after) return err(appError('request/malformed', { path: 'after', problem: 'not a token of this server' }))
  const todayOn = localDateOf(nowMs, FIRM_ZONE)
  const work = async (tx: Tx): Promise<Result<SnapshotPage, AppError>> => {
    const householdIds = [...new Set(request.householdIds)]
    const access = await findAccess(tx, actor, todayOn, householdIds)
    if (householdIds.some((id) => !access.has(id))) return err(appError('access/not-found'))
    return ok(await selectSnapshotPage(tx, ofPart(request.part, wantedTables(householdIds, actor, access)), after, actor.id))
  }
  const page = await withActor(db, actor.id, work, 'repeatable read', todayOn)
  reach('server.snapshot.read')
  const packed = page.ok ? ok(await packPage(page.value)) : page
  reach('server.snapshot.packed')
  return packed
}
