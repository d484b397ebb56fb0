import { join } from 'node:path'
import { app, type Session, session } from 'electron'
import type { Log } from '../log/log.ts'
import type { Fetch } from '../sync/http-client.ts'
import { answerPageRequest, listAppFiles } from './app-files.ts'
import { APP_SCHEME } from './app-origin.ts'
import { cutOff, wallInAllContents, wallInSession } from './walls.ts'

/** Chromium starts it again by itself. */
const onNetworkProcessGone = (act: () => void): void => {
  app.on('child-process-gone', (_event, { serviceName }) => serviceName === 'network.mojom.NetworkService' && act())
}

/** The page's session, walled in before anything uses it. @throws when the page's files cannot be listed */
export async function openPageSession(log: Log): Promise<Session> {
  wallInAllContents(log)
  const page = session.fromPartition('persist:ui')
  await wallInSession(page, log)
  onNetworkProcessGone(() => void cutOff(page))
  const files = listAppFiles(join(app.getAppPath(), 'dist', 'renderer'))
  page.protocol.handle(APP_SCHEME, (request) => answerPageRequest(files, request))
  return page
}

/**
 * The way to the server: a session of its own, in memory, with the system's trust store and proxy; errors of certificates stand.
 * A session whose network process has ended fails each request from then on (electron/electron#49572, mended in 2026): another takes its place.
 */
export function openSyncFetch(): Fetch {
  let count = 0
  let sync = openSyncSession(count)
  onNetworkProcessGone(() => {
    count += 1
    sync = openSyncSession(count)
  })
  return (url, init) => sync.fetch(url, init)
}

function openSyncSession(count: number): Session {
  const sync = session.fromPartition(count === 0 ? 'sync' : `sync-${count}`)
  sync.setSSLConfig({ minVersion: 'tls1.2' })
  return sync
}
