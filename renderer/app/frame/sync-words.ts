import type { SyncStatus } from '../../../shared/ipc/ipc-contract.ts'
import type { TagTone } from '../../ui/tag.tsx'

export type SyncWord = 'upToDate' | 'fetching' | 'sent' | 'savedHere' | 'offline' | 'offlineWithUnsent' | 'signInNeeded' | 'clientTooOld'

/**
 * @param wasJustSent the last unsent change was answered a moment ago
 * @param isFetching records that belong on this laptop are still to come
 */
export function syncWordOf(connection: SyncStatus['connection'], unsentCount: number, wasJustSent: boolean, isFetching = false): SyncWord {
  if (connection === 'signInNeeded' || connection === 'clientTooOld') return connection
  if (connection === 'offline') return unsentCount > 0 ? 'offlineWithUnsent' : 'offline'
  if (unsentCount > 0) return 'savedHere'
  if (isFetching) return 'fetching'
  return wasJustSent ? 'sent' : 'upToDate'
}

export const SYNC_TONES: Readonly<Record<SyncWord, TagTone>> = {
  upToDate: 'grey',
  fetching: 'grey',
  sent: 'blue',
  savedHere: 'blueOutline',
  offline: 'grey',
  offlineWithUnsent: 'blueOutline',
  signInNeeded: 'amber',
  clientTooOld: 'amber',
}

export type SyncExplanation = 'explainOnline' | 'explainFetching' | 'explainSending' | 'explainOffline' | 'explainSignIn' | 'explainTooOld'

export function syncExplanationOf(connection: SyncStatus['connection'], unsentCount: number, isFetching = false): SyncExplanation {
  if (connection === 'signInNeeded') return 'explainSignIn'
  if (connection === 'clientTooOld') return 'explainTooOld'
  if (connection === 'offline') return 'explainOffline'
  if (unsentCount > 0) return 'explainSending'
  return isFetching ? 'explainFetching' : 'explainOnline'
}
