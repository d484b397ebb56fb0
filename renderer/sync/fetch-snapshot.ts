import type { AppError } from '../../shared/errors/error-codes.ts'
import type { IpcResponse } from '../../shared/ipc/ipc-contract.ts'
import { ok, type Result } from '../../shared/lib/result.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import { bridge } from '../bridge/window-api.ts'
import type { FreshPages } from '../db/fresh-pages.ts'
import type { ReplicaDatabase } from '../db/replica-database.ts'
import { type ReplicaScope, readScope, writeProgress, writeReplica } from '../db/replica-head.ts'
import { scopeToken, sealPage } from '../db/sealed-rows.ts'
import { dropContained } from './store-page.ts'

type SnapshotPage = IpcResponse<'sync:snapshot'>
interface Place {
  readonly householdIds: readonly string[]
  readonly after: string | null
}
interface Asked extends Place {
  readonly answer: Promise<Result<SnapshotPage, AppError>>
}

const ask = (place: Place): Asked => ({ ...place, answer: bridge.invoke('sync:snapshot', { householdIds: [...place.householdIds], after: place.after }) })
const isAt = (a: Place, b: Place): boolean => a.after === b.after && a.householdIds.join() === b.householdIds.join()

/** Where the fetch goes on behind a page; null = it was the last one. */
function placeAfter({ queue }: ReplicaScope, next: string | null): Place | null {
  if (next !== null) return { householdIds: queue[0] ?? [], after: next }
  return queue[1] ? { householdIds: queue[1], after: null } : null
}

/**
 * Fetches what the scope still lacks, page by page; a cut resumes after the last stored page. The server makes the next
 * page while this one is being sealed and stored.
 */
export async function fetchSnapshot(db: ReplicaDatabase, fresh: FreshPages): Promise<Result<void, AppError>> {
  let ahead: Asked | null = null
  for (let scope = await readScope(db); scope.queue.length > 0; scope = await readScope(db)) {
    const place = { householdIds: scope.queue[0] ?? [], after: scope.after }
    const answer: Result<SnapshotPage, AppError> = await (ahead && isAt(ahead, place) ? ahead : ask(place)).answer
    if (!answer.ok) return answer
    const next = placeAfter(scope, answer.value.header.next)
    ahead = next && ask(next)
    await reach('renderer.snapshot.received')
    await storeSnapshotPage(db, scope, answer.value, fresh)
    await reach('renderer.snapshot.stored')
  }
  return ok(undefined)
}

/** Sealed as it came, still deflated. Where another window went on meanwhile, the page is dropped: its rows came through that one. */
async function storeSnapshotPage(db: ReplicaDatabase, asked: ReplicaScope, { header, body }: SnapshotPage, fresh: FreshPages): Promise<void> {
  const scopes = header.householdIds.map(scopeToken)
  await writeReplica(db, async (head) => {
    const scope = await readScope(db)
    if (scope.after !== asked.after || scope.queue[0]?.join() !== asked.queue[0]?.join()) return
    if (header.rowCount > 0) {
      const page = { format: 'deflate', textBytes: header.textBytes, bytes: body } as const
      const stored = sealPage({ n: ++head.counter, generation: head.generation, part: 'core' }, scopes, page)
      await db.pages.put(stored)
      fresh.keep(stored, page)
    }
    await writeProgress(db, header.next)
    await dropContained(db, head)
  })
}
