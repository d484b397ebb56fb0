import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import type { SyncDeps } from './sync-deps.ts'

/**
 * What a person must know although work goes on. [K1] That the history changed stays until the server announces another epoch; that another
 * recovery key is offered, until a person confirms it, or the server offers the known one when the app is opened again.
 */
export function alarmOf({ heads, store }: Pick<SyncDeps, 'heads' | 'store'>, isJournalDamaged: boolean): AppError | null {
  if (isJournalDamaged) return appError('storage/journal-damaged')
  if (heads?.alarm) return appError('sync/history-changed', { size: heads.alarm.size })
  return store.isOtherRecoveryKeyOffered?.() ? appError('recovery/key-changed') : null
}
