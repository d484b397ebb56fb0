import { createHash, randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import type { Session } from '../../shared/sync/session.ts'
import { emails, HttpHost } from '../../test/support/http-host.ts'
import { advisorId, otherAdvisorId } from '../../test/support/server-firm.ts'
import { exportTrail } from '../audit/export-trail.ts'
import type { ExportRecord } from '../audit/proof/export-format.ts'
import { verifyRecords } from '../audit/proof/verify-export.ts'
import { withActor } from '../db/with-actor.ts'

let host: HttpHost
beforeEach(async () => {
  host = await HttpHost.open()
})
afterEach(() => host.close())

const pull = (session: Session) => host.post('/v1/sync/pull', { protocol: PROTOCOL_VERSION, cursor: null, scopeHash: null, sinceN: 0 }, session.accessToken)
const list = (session: Session, colleagueId: string | null = null) => host.post('/v1/devices/list', { colleagueId }, session.accessToken)
const revoke = (session: Session, deviceId: string) => host.post('/v1/devices/revoke', { deviceId }, session.accessToken)
const notFound = { status: 404, body: { error: { code: 'access/not-found', params: {} } } }

async function signInOn(deviceId: string, email: string = emails.advisor): Promise<Session> {
  const answer = await host.signIn(email, undefined, deviceId)
  expect(answer.status).toBe(200)
  return answer.body
}

test('lists a person’s own laptops, newest first, and says which one asks', async () => {
  const [older, newer] = [randomUUID(), randomUUID()]
  await signInOn(older)
  host.clockAheadMs = 60_000
  const session = await signInOn(newer)
  await signInOn(randomUUID(), emails.otherAdvisor)
  const { body } = await list(session)
  expect(body.devices.map((d: { id: string; isThis: boolean }) => [d.id, d.isThis])).toEqual([
    [newer, true],
    [older, false],
  ])
  expect(body.devices[0].lastSeenAtMs).toBeGreaterThan(body.devices[1].lastSeenAtMs)
})

test('a revoked device gets nothing from then on, is told so by a token that fits what it was promised, and cannot sign in again', async () => {
  const [lostId, mineId] = [randomUUID(), randomUUID()]
  const [lost, mine] = [await signInOn(lostId), await signInOn(mineId)]
  expect((await revoke(mine, lostId)).status).toBe(204)
  for (const answer of [await pull(lost), await host.post('/v1/session/refresh', { refreshToken: lost.refreshToken }), await host.signIn(emails.advisor, undefined, lostId)]) {
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'session/device-revoked' } } })
    expect(createHash('sha256').update(answer.body.error.params.wipeToken).digest('hex')).toBe(lost.wipeCommitment)
  }
  expect((await pull(mine)).status).toBe(200)
  expect(mine.wipeCommitment).not.toBe(lost.wipeCommitment)
  expect((await revoke(mine, lostId)).status).toBe(204)
})

test('a device whose session had ended before hears of it too, a guesser does not', async () => {
  const [lostId, mineId] = [randomUUID(), randomUUID()]
  const [lost, mine] = [await signInOn(lostId), await signInOn(mineId)]
  await host.send('DELETE', '/v1/session', undefined, lost.accessToken)
  await revoke(mine, lostId)
  expect((await pull(lost)).body.error.code).toBe('session/device-revoked')
  expect((await host.signIn(emails.advisor, 'a wrong one', lostId)).body.error).toEqual({ code: 'session/wrong-credentials', params: {} })
})

test('nobody lists or revokes another person’s laptop, and an absent one looks the same', async () => {
  const theirs = randomUUID()
  const owner = await signInOn(theirs, emails.otherAdvisor)
  const session = await signInOn(randomUUID())
  expect(await revoke(session, theirs)).toMatchObject(notFound)
  expect(await revoke(session, randomUUID())).toMatchObject(notFound)
  expect(await list(session, otherAdvisorId)).toMatchObject(notFound)
  expect(await list(session, randomUUID())).toMatchObject(notFound)
  expect((await list(session, advisorId)).status).toBe(200)
  expect((await pull(owner)).status).toBe(200)
})

test('the trail says who withdrew it, and tells when somebody takes that back in the database', async () => {
  const [lostId, mineId] = [randomUUID(), randomUUID()]
  const [, mine] = [await signInOn(lostId), await signInOn(mineId)]
  await revoke(mine, lostId)
  const problems = async () => {
    const records: ExportRecord[] = []
    await withActor(host.pg.db, null, async (tx) => {
      for await (const record of exportTrail(tx, 0)) records.push(record)
    })
    expect(records).toContainEqual(
      expect.objectContaining({
        kind: 'entry',
        entry: expect.objectContaining({ name: 'device/revoke', args: expect.objectContaining({ deviceId: lostId, revokedBy: advisorId }) }),
      }),
    )
    return verifyRecords(records).findings.filter(({ problem, detail }) => problem === 'device-edited' && detail.includes(lostId))
  }
  expect(await problems()).toEqual([])
  await host.pg.db.updateTable('device').set({ revoked_at_ms: null }).where('id', '=', lostId).execute()
  expect(await problems()).toHaveLength(1)
})
