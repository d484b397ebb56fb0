import { bridge } from '../bridge/window-api.ts'
import { currentSession } from '../db/current-replica.ts'
import { navigate } from './navigation.ts'
import { refreshSession } from './session-actions.ts'
import { loadSettings } from './settings-actions.ts'
import { syncStatusChanged } from './slices/sync-status-slice.ts'
import { store } from './store.ts'

async function refreshSyncStatus(): Promise<void> {
  const status = await bridge.invoke('sync:status', {})
  if (status.ok) store.dispatch(syncStatusChanged(status.value))
}

/** What menu, tray and notifications name, as a path of the app: they say 'follow-up/<id>' for one follow-up. */
const pathOf = (to: string): string => (to === 'about' ? 'settings/about' : to.replace(/^follow-up\//, 'follow-ups/'))

/**
 * Joins the page to main: reads settings, session and sync status, and listens to what main announces.
 * Call once before the first render; resolves when the first screen can be chosen (the replica may still be opening).
 * @returns stops listening
 */
export async function connectMain(): Promise<() => void> {
  const stops = [
    bridge.on('event:session-changed', () => void refreshSession()),
    bridge.on('event:sync-changed', ({ isBehind }) => {
      void refreshSyncStatus()
      if (isBehind) currentSession()?.requestSync()
    }),
    bridge.on('event:sync-page', (page) => currentSession()?.receivePage(page)),
    bridge.on('event:navigate', ({ to }) => navigate(pathOf(to))),
  ]
  await Promise.all([refreshSession(), loadSettings(), refreshSyncStatus()]) // the session first: opening its rows takes longest
  return () => {
    for (const stop of stops) stop()
  }
}
