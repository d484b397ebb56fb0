import type { AppError } from '../../shared/errors/error-codes.ts'
import type { IpcResponse } from '../../shared/ipc/ipc-contract.ts'
import { ok, type Result } from '../../shared/lib/result.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import { bridge } from '../bridge/window-api.ts'
import type { FreshPages } from '../db/fresh-pages.ts'
import type { ReplicaDatabase } from '../db/replica-database.ts'
import { type ReplicaScope, readScope, type SnapshotBatch, writeProgress, writeReplica } from '../db/replica-head.ts'
import { scopeToken, sealPage } from '../db/sealed-rows.ts'
import { dropContained } from './store-page.ts'

type SnapshotPage = IpcResponse<'sync:snapshot'>
interface Place {
  readonly batch: SnapshotBatch
  readonly after: string | null
}
interface Asked extends Place {
  readonly answer: Promise<Result<SnapshotPage, AppError>>
}

const ask = (place: Place): Asked => {
  const { part, householdIds } = place.batch
  return { ...place, answer: bridge.invoke('sync:snapshot', { part, householdIds: [...householdIds], after: place.after }) }
}
const isSameBatch = (a: SnapshotBatch | undefined, b: SnapshotBatch | undefined): boolean => a?.part === b?.part && a?.householdIds.join() === b?.householdIds.join()
const isAt = (a: Place, b: Place): boolean => a.after === b.after && isSameBatch(a.batch, b.batch)

/** Where the fetch goes on behind a page; null = it was the last one. */
function placeAfter({ queue }: ReplicaScope, next: string | null): Place | null {
  const batch = queue[next === null ? 1 : 0]
  return batch ? { batch, after: next } : null
}

/**
 * Fetches what the scope still lacks, page by page; a cut resumes after the last stored page. The server makes the next
 * page while this one is being sealed and stored.
 */
export async function fetchSnapshot(db: ReplicaDatabase, fresh: FreshPages): Promise<Result<void, AppError>> {
  let ahead: Asked | null = null
  for (let scope = await readScope(db); ; scope = await readScope(db)) {
    const [batch] = scope.queue
    if (!batch) return ok(undefined)
    const place = { batch, after: scope.after }
    const answer: Result<SnapshotPage, AppError> = await (ahead && isAt(ahead, place) ? ahead : ask(place)).answer
    if (!answer.ok) return answer
    const next = placeAfter(scope, answer.value.header.next)
    ahead = next && ask(next)
    await reach('renderer.snapshot.received')
    await storeSnapshotPage(db, place, answer.value, fresh)
    await reach('renderer.snapshot.stored')
  }
}

/** Sealed as it came, still deflated. Where another window went on meanwhile, the page is dropped: its rows came through that one. */
async function storeSnapshotPage(db: ReplicaDatabase, asked: Place, { header, body }: SnapshotPage, fresh: FreshPages): Promise<void> {
  const scopes = header.householdIds.map(scopeToken)
  const page = { format: 'deflate', textBytes: header.textBytes, bytes: body } as const
  const stored = await writeReplica(db, async (head) => {
    const scope = await readScope(db)
    if (scope.after !== asked.after || !isSameBatch(scope.queue[0], asked.batch)) return null
    const sealed = header.rowCount === 0 ? null : sealPage({ n: ++head.counter, generation: head.generation, part: asked.batch.part }, scopes, page)
    if (sealed) await db.pages.put(sealed)
    await writeProgress(db, header.next)
    await dropContained(db, head)
    return sealed
  })
  if (stored) fresh.keep(stored, page)
}
