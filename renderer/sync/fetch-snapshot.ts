import type { AppError } from '../../shared/errors/error-codes.ts'
import { ok, type Result } from '../../shared/lib/result.ts'
import type { PackedHeader, PackedRow } from '../../shared/sync/packed-page.ts'
import { PULL_PAGE_ROWS } from '../../shared/sync/protocol.ts'
import { bridge } from '../bridge/window-api.ts'
import type { ReplicaDatabase } from '../db/replica-database.ts'
import { type ReplicaScope, readScope, writeReplica, writeScope } from '../db/replica-head.ts'
import { sealPage } from '../db/sealed-rows.ts'
import { dropContained } from './store-page.ts'
import { unpackPage } from './unpack-page.ts'

/** Fetches what the scope still lacks, page by page; a cut resumes after the last stored page. */
export async function fetchSnapshot(db: ReplicaDatabase): Promise<Result<void, AppError>> {
  for (let scope = await readScope(db); scope.queue.length > 0; scope = await readScope(db)) {
    const householdIds = [...(scope.queue[0] ?? [])]
    const answer = await bridge.invoke('sync:snapshot', { householdIds, after: scope.after })
    if (!answer.ok) return answer
    await storeSnapshotPage(db, scope, answer.value.header, await unpackPage(answer.value))
  }
  return ok(undefined)
}

/** Where another window went on meanwhile, the page is dropped: its rows came through that one. */
function storeSnapshotPage(db: ReplicaDatabase, asked: ReplicaScope, { next }: PackedHeader, rows: readonly PackedRow[]): Promise<void> {
  return writeReplica(db, async (head) => {
    const scope = await readScope(db)
    if (scope.after !== asked.after || scope.queue[0]?.join() !== asked.queue[0]?.join()) return
    for (let i = 0; i < rows.length; i += PULL_PAGE_ROWS) {
      await db.pages.put(sealPage(++head.counter, head.generation, rows.slice(i, i + PULL_PAGE_ROWS)))
    }
    const isBatchDone = next === null
    await writeScope(db, {
      ...scope,
      after: next,
      queue: isBatchDone ? scope.queue.slice(1) : scope.queue,
      doneCount: isBatchDone ? scope.doneCount + (scope.queue[0]?.length ?? 0) : scope.doneCount,
    })
    await dropContained(db, head)
  })
}
