import { expect, test } from 'vitest'
import { Access } from './access.ts'
import { type EventStreamDeps, listenToChanges, STREAM_ENDED } from './event-stream.ts'
import { HttpClient } from './http-client.ts'
import type { SmallServer } from './small-server.ts'
import { aDevice } from './sync-fixture.ts'

/** Listens with a token that the server has forgotten since; the stream ends as soon as it is open. */
async function listenWithStaleToken(onAccess: (server: SmallServer) => void = () => undefined) {
  const { server, store } = await aDevice()
  const http = new HttpClient(server.url, fetch)
  const nothing = () => undefined
  const access = new Access({ http, store, nowMs: Date.now, monotonicMs: () => performance.now(), onSession: nothing, onRevoked: nothing })
  await access.getToken()
  server.accessToken = 'of a server that was started again'
  server.requests.length = 0
  onAccess(server)
  const stop = new AbortController()
  const deps: EventStreamDeps = { http, access, onOpen: () => stop.abort(), onChanged: nothing, onPage: () => Promise.resolve() }
  return { result: await listenToChanges(deps, stop.signal), requests: server.requests }
}

const EVENTS = 'GET /v1/sync/events?pages=1'
const REFRESH = 'POST /v1/session/refresh'

test('[L9] renews a token that the server has forgotten, and opens the stream in the same attempt', async () => {
  const { requests } = await listenWithStaleToken()
  expect(requests).toEqual([EVENTS, REFRESH, EVENTS])
})

test('[L9] a server that forgets at once what it gives is tried again later, and is no end of the session', async () => {
  const { result, requests } = await listenWithStaleToken((server) => {
    server.fault = ({ path }, response) => path.startsWith('/v1/sync/events') && response.writeHead(401).end('{"error":{"code":"session/expired","params":{}}}') !== undefined
  })
  expect(requests).toEqual([EVENTS, REFRESH, EVENTS])
  expect(result).toMatchObject({ ok: false, error: { code: 'sync/offline', params: { reason: STREAM_ENDED } } })
})

test('[P5] a session that the server has ended ends the listening', async () => {
  const { result } = await listenWithStaleToken((server) => server.refreshTokens.clear())
  expect(result).toMatchObject({ ok: false, error: { code: 'session/expired' } })
})
