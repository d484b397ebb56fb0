import type { ReplicaProgress } from './replica.ts'
import type { ReplicaHead, ReplicaScope } from './replica-head.ts'

/** Where entries of more households are missing, what is counted from entries would be wrong rather than behind. */
const FIRST_FETCH_SHARE = 0.1

/** How much of the scope is here; 'ready' once all of it was fetched. */
export function progressOf(head: ReplicaHead, scope: ReplicaScope): ReplicaProgress {
  if (head.cursor === null || head.scopeHash === null) return { phase: 'pulling', done: 0, total: null }
  if (scope.queue.length === 0) return { phase: 'ready', done: 0, total: null }
  const left = scope.queue.reduce((sum, { part, householdIds }) => sum + (part === 'entries' ? householdIds.length : 0), 0)
  const isFirst = left > FIRST_FETCH_SHARE * scope.entries.length && scope.queue.every(({ part }) => part === 'entries')
  return { phase: isFirst ? 'filling' : 'pulling', done: scope.doneCount, total: scope.doneCount + left }
}
