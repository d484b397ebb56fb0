import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import type { SessionState } from '../../shared/ipc/ipc-contract.ts'
import { must } from '../../shared/lib/must.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { bridge } from '../bridge/window-api.ts'
import { takeEarlyReplica } from './early-replica.ts'
import { openDatabase } from './open-database.ts'
import { Replica } from './replica.ts'
import { type ReplicaHooks, ReplicaSession } from './replica-session.ts'

/**
 * Opens the database of the person who is signed in; its rows are loaded, and then followed, in the background.
 * Errors: 'session/not-open' (no key), 'storage/write-failed' (the database does not open).
 */
export async function openReplica(state: SessionState, hooks: ReplicaHooks): Promise<Result<ReplicaSession, AppError>> {
  const colleague = must(state.colleague, 'colleague of an open session')
  const name = must(state.databaseName, 'database name of an open session')
  const early = await takeEarlyReplica(name)
  if (!early && !(await bridge.openCipher())) return err(appError('session/not-open'))
  const opened = early?.opened ?? (await openDatabase(name))
  if (!opened.ok) return opened
  void globalThis.navigator?.storage?.persist?.() // without it the browser may evict the database when the disk is full
  return ok(new ReplicaSession(opened.value, new Replica(colleague.id), colleague.role, hooks, early?.core))
}
