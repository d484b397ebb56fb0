import type { AppError } from '../../shared/errors/error-codes.ts'
import { ok, type Result } from '../../shared/lib/result.ts'
import type { PullResponse } from '../../shared/sync/pull.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import { bridge } from '../bridge/window-api.ts'
import type { FreshPages } from '../db/fresh-pages.ts'
import type { ReplicaDatabase } from '../db/replica-database.ts'
import { type ReplicaHead, readHead, resetReplica } from '../db/replica-head.ts'
import { changeScope } from './change-scope.ts'
import { fetchSnapshot } from './fetch-snapshot.ts'
import { reconcileOutbox, type Unsaved } from './reconcile-outbox.ts'
import { hasMoreOutcomes, storePage } from './store-page.ts'

export interface SyncTurnParts {
  readonly db: ReplicaDatabase
  readonly fresh: FreshPages // where a snapshot's pages are handed on to the screen
  readonly unsaved: Unsaved
  readonly role: string // of the person; decides which of the firm's rows they see
}

/**
 * One turn: journal and pending list agree, all pages are pulled, the scope is complete, and main is told what is settled.
 * May stop after any step and be run again. Throws where the database fails.
 */
export async function runSyncTurn(parts: SyncTurnParts): Promise<Result<void, AppError>> {
  const { db } = parts
  const reconciled = await reconcileOutbox(db, parts.unsaved)
  if (!reconciled.ok) return reconciled
  for (let hasMore = true; hasMore; ) {
    const pulled = await pullOnce(parts)
    if (!pulled.ok) return pulled
    hasMore = pulled.value
    const fetched = await fetchSnapshot(db, parts.fresh)
    if (!fetched.ok) return fetched
  }
  await reach('renderer.settle.before')
  const settled = await bridge.invoke('outbox:settle', { throughN: (await readHead(db)).lastN })
  return settled.ok ? ok(undefined) : settled
}

/** @returns whether to pull again at once */
async function pullOnce({ db, role }: SyncTurnParts): Promise<Result<boolean, AppError>> {
  const head = await readHead(db)
  const answer = await bridge.invoke('sync:pull', { cursor: head.cursor, scopeHash: head.scopeHash, sinceN: await firstWantedN(db, head) })
  if (!answer.ok) return answer
  await reach('renderer.pull.received')
  const page = answer.value as PullResponse
  if (head.epoch !== null && head.epoch !== page.epoch) {
    await resetReplica(db) // the server was restored: its order began anew
    await reach('renderer.reset.done')
    return ok(true)
  }
  if (!(await storePage(db, page, head.cursor))) return ok(true)
  await reach('renderer.pull.stored')
  if (page.scope !== null) await changeScope(db, page.scope, page.scopeHash, role)
  await reach('renderer.scope.changed')
  return ok(page.hasMore || hasMoreOutcomes(page))
}

/** Outcomes are asked for from the oldest unanswered command on, so that none is missed after the database came back older. */
export async function firstWantedN(db: ReplicaDatabase, head: ReplicaHead): Promise<number> {
  const oldest = await db.pending
    .orderBy('n')
    .filter((command) => command.status !== 'refused')
    .first()
  return Math.min(head.lastN, (oldest?.n ?? head.lastN + 1) - 1)
}
