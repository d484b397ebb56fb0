import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import type { OutboxItem } from '../../shared/ipc/ipc-contract.ts'
import { err, type Result } from '../../shared/lib/result.ts'
import { bridge } from '../bridge/window-api.ts'
import { currentSession } from '../db/current-replica.ts'
import { watchWrite } from '../db/storage-watchdog.ts'
import { newestVersionOf } from './any-call.ts'
import { runCommand } from './run-command.ts'

/**
 * Drops a refused command for good, from the journal first: what is refused here and known there as put aside is
 * not taken in again, so that a crash in between does not bring it back.
 */
export async function discardAttention(id: string): Promise<Result<void, AppError>> {
  const session = currentSession()
  if (!session) return err(appError('session/not-open'))
  const discarded = await bridge.invoke('outbox:discard', { id })
  if (!discarded.ok) return discarded
  return watchWrite(() => session.db.pending.delete(id))
}

/** Sends a refused command again with corrected arguments, as a new command; then discards the old one. */
export async function resendAttention(item: OutboxItem, args: unknown): Promise<Result<{ commandId: string }, AppError>> {
  const session = currentSession()
  if (!session) return err(appError('session/not-open'))
  const result = await runCommand(session, { name: item.name, version: newestVersionOf(item.name), args })
  if (result.ok) await discardAttention(item.id)
  return result
}
