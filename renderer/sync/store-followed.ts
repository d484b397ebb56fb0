import type { FollowedPage } from '../../shared/sync/pull.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import { bridge } from '../bridge/window-api.ts'
import type { ReplicaDatabase } from '../db/replica-database.ts'
import { readHead, readScope } from '../db/replica-head.ts'
import { hasMoreOutcomes, storePage } from './store-page.ts'
import { firstWantedN } from './sync-turn.ts'

/**
 * Stores pages that the server sent by itself (spec L13), each as if it had been asked for: one that does not begin where
 * the store ends, or leaves out an answer that is wanted, is not taken. Throws where the database fails.
 * @returns false where there is more to do than to store them: a whole turn follows
 */
export async function storeFollowed(db: ReplicaDatabase, offered: readonly FollowedPage[]): Promise<boolean> {
  if ((await readScope(db)).queue.length > 0) return false
  for (const followed of offered) if (!(await storeOne(db, followed))) return false
  return true
}

async function storeOne(db: ReplicaDatabase, { from, sinceN, page }: FollowedPage): Promise<boolean> {
  const head = await readHead(db)
  if (head.epoch === page.epoch && head.cursor !== null && page.cursor <= head.cursor && page.lastN <= head.lastN) return true // a turn brought it already
  const isFit = head.epoch === page.epoch && head.scopeHash === page.scopeHash && page.scope === null && sinceN <= (await firstWantedN(db, head))
  if (!isFit || !(await storePage(db, page, from))) return false
  await reach('renderer.page.stored')
  if (page.hasMore || hasMoreOutcomes(page)) return false
  if (page.lastN === head.lastN) return true
  return (await bridge.invoke('outbox:settle', { throughN: page.lastN })).ok
}
