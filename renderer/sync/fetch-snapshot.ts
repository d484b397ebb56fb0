import type { AppError } from '../../shared/errors/error-codes.ts'
import type { IpcResponse } from '../../shared/ipc/ipc-contract.ts'
import { ok, type Result } from '../../shared/lib/result.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import { bridge } from '../bridge/window-api.ts'
import type { FreshPages } from '../db/fresh-pages.ts'
import type { ReplicaDatabase } from '../db/replica-database.ts'
import { readHead, readScope, type SnapshotBatch, writeProgress, writeReplica } from '../db/replica-head.ts'
import { scopeToken, sealPage } from '../db/sealed-rows.ts'
import { dropContained } from './store-page.ts'

type SnapshotPage = IpcResponse<'sync:snapshot'>
interface Place {
  readonly batch: SnapshotBatch
  readonly after: string | null
  readonly generation: number // of the store for which it is asked: rows that left it since may not come back by a page from before
}

/** Pages asked for beyond the one that is being stored: neither the server nor the store keeps an even pace. */
const PAGES_AHEAD = 2

/** A page on its way. */
class AskedPage {
  readonly place: Place
  readonly answer: Promise<Result<SnapshotPage, AppError>>
  readonly #queue: readonly SnapshotBatch[] // the first of them is this page's
  #behind: Promise<AskedPage | null> | undefined

  constructor(place: Place, queue: readonly SnapshotBatch[]) {
    const { part, householdIds } = place.batch
    this.place = place
    this.#queue = queue
    this.answer = bridge.invoke('sync:snapshot', { part, householdIds: [...householdIds], after: place.after })
  }

  /** The next page, asked for as soon as this one has come. null = there is none, or this one could not be had. */
  behind(): Promise<AskedPage | null> {
    this.#behind ??= this.answer.then((answer) => {
      if (!answer.ok) return null
      const { next } = answer.value.header
      const queue = next === null ? this.#queue.slice(1) : this.#queue
      const [batch] = queue
      return batch ? new AskedPage({ ...this.place, batch, after: next }, queue) : null
    })
    return this.#behind
  }

  keepAhead(pages: number): void {
    if (pages > 0) void this.behind().then((next) => next?.keepAhead(pages - 1))
  }
}

const isSameBatch = (a: SnapshotBatch | undefined, b: SnapshotBatch | undefined): boolean => a?.part === b?.part && a?.householdIds.join() === b?.householdIds.join()
const isAt = (a: Place, b: Place): boolean => a.after === b.after && a.generation === b.generation && isSameBatch(a.batch, b.batch)

/**
 * Fetches what the scope still lacks, page by page; a cut resumes after the last stored page. The server makes the next
 * pages while this one is being sealed and stored.
 */
export async function fetchSnapshot(db: ReplicaDatabase, fresh: FreshPages): Promise<Result<void, AppError>> {
  let ahead: AskedPage | null = null
  for (;;) {
    const [{ queue, after }, { generation }] = await Promise.all([readScope(db), readHead(db)])
    const [batch] = queue
    if (!batch) return ok(undefined)
    const place = { batch, after, generation }
    const asked: AskedPage = ahead && isAt(ahead.place, place) ? ahead : new AskedPage(place, queue)
    asked.keepAhead(PAGES_AHEAD)
    const answer = await asked.answer
    if (!answer.ok) return answer
    ahead = await asked.behind()
    await reach('renderer.snapshot.received')
    await storeSnapshotPage(db, place, answer.value, fresh)
    await reach('renderer.snapshot.stored')
  }
}

/** Sealed as it came, still deflated. Where another window went on meanwhile, or rows left the store, the page is dropped: its rows came through that one, or come anew. */
async function storeSnapshotPage(db: ReplicaDatabase, asked: Place, { header, body }: SnapshotPage, fresh: FreshPages): Promise<void> {
  const scopes = header.householdIds.map(scopeToken)
  const page = { format: 'deflate', textBytes: header.textBytes, bytes: body } as const
  const stored = await writeReplica(db, async (head) => {
    const scope = await readScope(db)
    const [batch] = scope.queue
    if (!batch || !isAt(asked, { batch, after: scope.after, generation: head.generation })) return null
    const sealed = header.rowCount === 0 ? null : sealPage({ n: ++head.counter, generation: head.generation, part: asked.batch.part }, scopes, page)
    if (sealed) await db.pages.put(sealed)
    await writeProgress(db, header.next)
    await dropContained(db, head)
    return sealed
  })
  if (stored) fresh.keep(stored, page)
}
