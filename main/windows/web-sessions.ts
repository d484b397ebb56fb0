import { join } from 'node:path'
import { app, type Session, session } from 'electron'
import type { Log } from '../log/log.ts'
import type { Fetch } from '../sync/http-client.ts'
import { answerPageRequest, listAppFiles } from './app-files.ts'
import { APP_SCHEME } from './app-origin.ts'
import { wallInAllContents, wallInSession } from './walls.ts'

/** The page's session, walled in before anything uses it. @throws when the page's files cannot be listed */
export async function openPageSession(log: Log): Promise<Session> {
  wallInAllContents(log)
  const page = session.fromPartition('persist:ui')
  await wallInSession(page, log)
  const files = listAppFiles(join(app.getAppPath(), 'dist', 'renderer'))
  page.protocol.handle(APP_SCHEME, (request) => answerPageRequest(files, request))
  return page
}

/** The way to the server: a session of its own, in memory, with the system's trust store and proxy; errors of certificates stand. */
export function openSyncFetch(): Fetch {
  const sync = session.fromPartition('sync')
  sync.setSSLConfig({ minVersion: 'tls1.2' })
  return (url, init) => sync.fetch(url, init)
}
