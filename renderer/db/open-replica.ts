import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import type { SessionState } from '../../shared/ipc/ipc-contract.ts'
import { must } from '../../shared/lib/must.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { bridge } from '../bridge/window-api.ts'
import { Replica } from './replica.ts'
import { ReplicaDatabase } from './replica-database.ts'
import { type ReplicaHooks, ReplicaSession } from './replica-session.ts'
import { watchWrite } from './storage-watchdog.ts'

/**
 * Opens the database of the person who is signed in; its rows are loaded, and then followed, in the background.
 * Errors: 'session/not-open' (no key), 'storage/write-failed' (the database does not open).
 */
export async function openReplica(state: SessionState, hooks: ReplicaHooks): Promise<Result<ReplicaSession, AppError>> {
  if (!(await bridge.openCipher())) return err(appError('session/not-open'))
  const colleague = must(state.colleague, 'colleague of an open session')
  const opened = await openDatabase(must(state.databaseName, 'database name of an open session'))
  if (!opened.ok) return opened
  void globalThis.navigator?.storage?.persist?.() // without it the browser may evict the database when the disk is full
  return ok(new ReplicaSession(opened.value, new Replica(colleague.id), colleague.role, hooks))
}

/** A database that does not open is deleted and begun anew: what was acknowledged is in the journal, the rest on the server. */
async function openDatabase(name: string): Promise<Result<ReplicaDatabase, AppError>> {
  const open = async () => {
    const db = new ReplicaDatabase(name)
    const opened = await watchWrite(
      () => db.open(),
      () => db.close(),
    )
    return opened.ok ? ok(db) : opened
  }
  const opened = await open()
  if (opened.ok) return opened
  const deleted = await watchWrite(() => new ReplicaDatabase(name).delete())
  return deleted.ok ? open() : deleted
}
