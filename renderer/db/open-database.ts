import type { AppError } from '../../shared/errors/error-codes.ts'
import { ok, type Result } from '../../shared/lib/result.ts'
import { ReplicaDatabase } from './replica-database.ts'
import { watchWrite } from './storage-watchdog.ts'

/** A database that does not open is deleted and begun anew: what was acknowledged is in the journal, the rest on the server. */
export async function openDatabase(name: string): Promise<Result<ReplicaDatabase, AppError>> {
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
