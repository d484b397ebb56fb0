import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import type { Session } from '../../shared/sync/session.ts'
import { emails, HttpHost } from '../../test/support/http-host.ts'
import { advisorId } from '../../test/support/server-firm.ts'
import { idOf } from '../../test/support/test-id.ts'

const [ADMIN, COMPLIANCE] = ['adam.amt@rapport.example', 'clara.recht@rapport.example']
const MINUTE_MS = 60_000

let host: HttpHost
beforeEach(async () => {
  host = await HttpHost.open()
})
afterEach(() => host.close())

const stepUp = { status: 401, body: { error: { code: 'session/step-up-needed', params: {} } } }
const versions = ({ accessToken }: Session) => host.post('/v1/audit/versions', { protocol: PROTOCOL_VERSION, table: 'contactEntries', id: idOf('entry', 1) }, accessToken)
const list = ({ accessToken }: Session, colleagueId: string | null) => host.post('/v1/devices/list', { colleagueId }, accessToken)
const revoke = ({ accessToken }: Session, deviceId: string) => host.post('/v1/devices/revoke', { deviceId }, accessToken)

/** A session that was opened at a sign-in, and kept alive by refreshing only. */
async function refreshedAfter(ms: number, session: Session): Promise<Session> {
  host.clockAheadMs += ms
  const { status, body } = await host.post('/v1/session/refresh', { refreshToken: session.refreshToken })
  expect(status).toBe(200)
  return body
}

test('the history of records is told to who has just proved who they are, not to who only holds a session', async () => {
  const session = await host.session(COMPLIANCE)
  expect((await versions(session)).status).toBe(200)
  const later = await refreshedAfter(16 * MINUTE_MS, session)
  expect(await versions(later)).toMatchObject(stepUp)
  expect((await host.post('/v1/sync/pull', { protocol: PROTOCOL_VERSION, cursor: null, scopeHash: null, sinceN: 0 }, later.accessToken)).status).toBe(200)
  expect((await versions(await host.session(COMPLIANCE))).status).toBe(200)
  expect((await versions(await refreshedAfter(16 * MINUTE_MS, await host.session(emails.advisor)))).body.error.code).toBe('access/role') // tells nobody else
})

test('an administrator touches other people’s laptops within a quarter of an hour after signing in', async () => {
  const deviceId = randomUUID()
  expect((await host.signIn(emails.advisor, undefined, deviceId)).status).toBe(200)
  const session = await host.session(ADMIN)
  expect((await list(session, advisorId)).status).toBe(200)
  const later = await refreshedAfter(16 * MINUTE_MS, session)
  expect(await list(later, advisorId)).toMatchObject(stepUp)
  expect(await revoke(later, deviceId)).toMatchObject(stepUp)
  expect((await list(later, null)).status).toBe(200) // their own
  expect((await revoke(await host.session(ADMIN), deviceId)).status).toBe(204)
})

test('one’s own lost laptop is withdrawn at once, however long ago one signed in', async () => {
  const lost = randomUUID()
  expect((await host.signIn(emails.advisor, undefined, lost)).status).toBe(200)
  const later = await refreshedAfter(3 * 24 * 60 * MINUTE_MS, await host.session(emails.advisor))
  expect((await revoke(later, lost)).status).toBe(204)
})
