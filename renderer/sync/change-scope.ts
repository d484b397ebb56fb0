import { householdsOfRow } from '../../shared/domain/tables.ts'
import type { ScopeEntry } from '../../shared/sync/pull.ts'
import type { BaseEntry } from '../db/base-rows.ts'
import type { ReplicaDatabase } from '../db/replica-database.ts'
import { type ReplicaScope, readScope, writeReplica, writeScope } from '../db/replica-head.ts'
import { openPages, openRows, scopeToken, sealPage } from '../db/sealed-rows.ts'

/** Households in one snapshot request. */
const BATCH_HOUSEHOLDS = 50

/**
 * Takes over a new scope (spec L5) in one transaction: rows of households that are gone, or seen for another reason
 * now, are deleted; what is new is queued to be fetched.
 */
export function changeScope(db: ReplicaDatabase, next: readonly ScopeEntry[], scopeHash: string, role: string): Promise<void> {
  return writeReplica(db, async (head) => {
    const scope = await readScope(db)
    const isFirst = head.scopeHash === null
    const left = differing(scope.entries, next)
    const arrived = differing(next, scope.entries)
    if (left.size > 0) {
      head.generation++
      await removeHouseholds(db, left)
    }
    await writeScope(db, { ...queued(scope, left, [...arrived], isFirst), entries: next })
    head.scopeHash = scopeHash
    head.role = role
  })
}

/** Households of `a` that `b` lacks or sees for another reason. */
function differing(a: readonly ScopeEntry[], b: readonly ScopeEntry[]): ReadonlySet<string> {
  const access = new Map(b.map((entry) => [entry.householdId, entry.access]))
  return new Set(a.filter((entry) => access.get(entry.householdId) !== entry.access).map((entry) => entry.householdId))
}

/** A batch that changes starts from its beginning; the firm's own rows come first of all. */
function queued(scope: ReplicaScope, left: ReadonlySet<string>, arrived: readonly string[], isFirst: boolean): Pick<ReplicaScope, 'queue' | 'after' | 'doneCount'> {
  const kept = scope.queue.map((batch) => batch.filter((id) => !left.has(id)))
  const isHeadSame = kept[0]?.length === scope.queue[0]?.length
  const batches = Array.from({ length: Math.ceil(arrived.length / BATCH_HOUSEHOLDS) }, (_, i) => arrived.slice(i * BATCH_HOUSEHOLDS, (i + 1) * BATCH_HOUSEHOLDS))
  const open = kept.filter((batch, i) => batch.length > 0 || scope.queue[i]?.length === 0)
  return { queue: [...(isFirst ? [[]] : []), ...open, ...batches], after: isHeadSame ? scope.after : null, doneCount: scope.queue.length === 0 ? 0 : scope.doneCount }
}

/** A row goes when none of its households remains: a person of two households stays with the other. */
async function removeHouseholds(db: ReplicaDatabase, left: ReadonlySet<string>): Promise<void> {
  const tokens = [...left].map(scopeToken)
  const stays = ({ table, row }: BaseEntry): boolean => {
    const households = row ? householdsOfRow(table, row) : 'firm'
    return households === 'firm' || households.some((id) => !left.has(id))
  }
  const rows = await db.rows.where('scopes').anyOf(tokens).distinct().toArray()
  const gone = openRows(rows).flatMap((entry, i) => (stays(entry) ? [] : [rows[i]?.k ?? '']))
  await db.rows.bulkDelete(gone)
  for (const n of await db.pages.where('scopes').anyOf(tokens).distinct().primaryKeys()) {
    const page = await db.pages.get(n)
    if (!page) continue
    const kept = openPages([page]).filter(stays)
    if (kept.length === 0) await db.pages.delete(n)
    else await db.pages.put(sealPage(n, page.generation + 1, kept))
  }
}
