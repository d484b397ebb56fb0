import { useMemo, useSyncExternalStore } from 'react'
import type { OutboxItem } from '../../shared/ipc/ipc-contract.ts'
import { currentReplica, subscribeToReplica } from './current-replica.ts'
import type { PendingCommand } from './pending-command.ts'
import type { Replica, ReplicaProgress } from './replica.ts'
import type { ReplicaView } from './replica-view.ts'

/** Equal, or arrays of the same elements: a selector that filters anew each time then causes no re-render. */
function isSameSelection(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => Object.is(item, b[i]))
}

/** Evaluates at most once for each version of each replica. */
function makeSnapshot<T>(select: (view: ReplicaView) => T): () => T {
  let seen: { readonly replica: Replica; readonly version: number; readonly value: T } | null = null
  return () => {
    const replica = currentReplica()
    if (seen?.replica === replica && seen.version === replica.version) return seen.value
    const value = select(replica)
    seen = { replica, version: replica.version, value: seen && isSameSelection(seen.value, value) ? seen.value : value }
    return seen.value
  }
}

/** What `select` reads from the replica; evaluated again when a row changes or one of `deps` does. */
export function useReplica<T>(select: (view: ReplicaView) => T, deps: readonly unknown[]): T {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller names what its selector depends on
  const snapshot = useMemo(() => makeSnapshot(select), deps)
  return useSyncExternalStore(subscribeToReplica, snapshot)
}

/** Refused commands, oldest first: the person corrects and resends them, or discards them. */
export function useAttention(): readonly OutboxItem[] {
  return useSyncExternalStore(subscribeToReplica, () => currentReplica().attention)
}

/** Commands saved on this laptop that the server has not answered, in the order in which they go; the same array until one changes. */
export function useUnsent(): readonly PendingCommand[] {
  const pending = usePending()
  return useMemo(() => pending.filter(({ status }) => status === 'saved'), [pending])
}

/** How many those are. */
export function usePendingCount(): number {
  return useSyncExternalStore(subscribeToReplica, () => currentReplica().pending.filter((p) => p.status === 'saved').length)
}

/** How far opening and the first pull have come. */
export function useReplicaProgress(): ReplicaProgress {
  return useSyncExternalStore(subscribeToReplica, () => currentReplica().progress)
}

/** The same without the count, which moves with every page: what is drawn with the frame asks for no more. */
export function useReplicaPhase(): ReplicaProgress['phase'] {
  return useSyncExternalStore(subscribeToReplica, () => currentReplica().progress.phase)
}

/** Whether records that belong on this laptop are still to come from the server: an empty list then says nothing. */
export function useIsFetching(): boolean {
  return useSyncExternalStore(subscribeToReplica, () => {
    const { phase, total } = currentReplica().progress
    return phase === 'pulling' || (phase === 'filling' && total !== null)
  })
}

/** How much of the contact entries is here; what would be wrong without them is not shown. */
export function useEntriesState(): Replica['entriesState'] {
  return useSyncExternalStore(subscribeToReplica, () => currentReplica().entriesState)
}

/** Commands that are not settled, in the order in which they take effect. */
export function usePending(): readonly PendingCommand[] {
  return useSyncExternalStore(subscribeToReplica, () => currentReplica().pending)
}
