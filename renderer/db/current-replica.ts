import { Replica } from './replica.ts'
import type { ReplicaSession } from './replica-session.ts'

const nobody = new Replica('')
const listeners = new Set<() => void>()
let current: { readonly session: ReplicaSession; readonly unsubscribe: () => void } | null = null

const announce = (): void => {
  for (const listener of listeners) listener()
}

/** The open person's replica with its database; null while signed out or locked. */
export const currentSession = (): ReplicaSession | null => current?.session ?? null

/** The open person's replica, or an empty one. */
export const currentReplica = (): Replica => current?.session.replica ?? nobody

/** Makes the replica of the person who unlocked the one that screens read; null takes it away from them. */
export function setCurrentSession(session: ReplicaSession | null): void {
  current?.unsubscribe()
  current = session ? { session, unsubscribe: session.replica.subscribe(announce) } : null
  announce()
}

/** Called after every change of the current replica, and when another becomes current. */
export function subscribeToReplica(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
