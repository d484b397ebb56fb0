import type { SyncStatus } from '../../../shared/ipc/ipc-contract.ts'
import type { TagTone } from '../../ui/tag.tsx'

export type SyncWord = 'upToDate' | 'sent' | 'savedHere' | 'offline' | 'offlineWithUnsent' | 'signInNeeded' | 'clientTooOld'

/** @param wasJustSent the last unsent change was answered a moment ago */
export function syncWordOf(connection: SyncStatus['connection'], unsentCount: number, wasJustSent: boolean): SyncWord {
  if (connection === 'signInNeeded' || connection === 'clientTooOld') return connection
  if (connection === 'offline') return unsentCount > 0 ? 'offlineWithUnsent' : 'offline'
  if (unsentCount > 0) return 'savedHere'
  return wasJustSent ? 'sent' : 'upToDate'
}

export const SYNC_TONES: Readonly<Record<SyncWord, TagTone>> = {
  upToDate: 'grey',
  sent: 'blue',
  savedHere: 'blueOutline',
  offline: 'grey',
  offlineWithUnsent: 'blueOutline',
  signInNeeded: 'amber',
  clientTooOld: 'amber',
}

export type SyncExplanation = 'explainOnline' | 'explainSending' | 'explainOffline' | 'explainSignIn' | 'explainTooOld'

export function syncExplanationOf(connection: SyncStatus['connection'], unsentCount: number): SyncExplanation {
  if (connection === 'signInNeeded') return 'explainSignIn'
  if (connection === 'clientTooOld') return 'explainTooOld'
  if (connection === 'offline') return 'explainOffline'
  return unsentCount > 0 ? 'explainSending' : 'explainOnline'
}
