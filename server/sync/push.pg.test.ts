import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { logArgs } from '../../test/support/firm-rows.ts'
import { PgHost, type TestDevice } from '../../test/support/pg-host.ts'
import { advisorId, controllerId, household, serverFirm, workRows } from '../../test/support/server-firm.ts'
import { idOf } from '../../test/support/test-id.ts'
import { verifyChain } from '../audit/verify-chain.ts'

let host: PgHost
let device: TestDevice
beforeEach(async () => {
  host = await PgHost.open([...serverFirm(), ...workRows()])
  device = await host.device(advisorId)
})
afterEach(() => host.close())

const log = (n: number) => ({ name: 'contact/log', args: logArgs(n, 1) })
const countEntries = async (): Promise<number> => (await host.db.selectFrom('contact_entries').select('id').execute()).length

test('[P1] gives the stored answers when a batch comes again, and applies nothing twice', async () => {
  const envelopes = [host.envelope(device, log(2)), host.envelope(device, log(2)), host.envelope(device, log(3))]
  const first = await host.pushRaw(device, envelopes)
  expect(first).toMatchObject({
    ok: true,
    value: { lastN: 3, outcomes: [{ status: 'applied' }, { status: 'refused', error: { code: 'conflict/exists' } }, { status: 'applied' }] },
  })
  const seq = await host.db.selectFrom('head').selectAll().executeTakeFirstOrThrow()
  expect(await host.pushRaw(device, envelopes)).toEqual(first)
  expect(await host.pushRaw(device, envelopes.slice(1, 2))).toMatchObject({ ok: true, value: { outcomes: [{ n: 2, status: 'refused' }], lastN: 3 } })
  expect(await host.db.selectFrom('head').selectAll().executeTakeFirstOrThrow()).toEqual(seq)
  expect(await countEntries()).toBe(3)
})

test('[P1] takes what is new of a batch whose beginning it knows', async () => {
  const known = host.envelope(device, log(2))
  await host.pushRaw(device, [known])
  const answer = await host.pushRaw(device, [known, host.envelope(device, log(3))])
  expect(answer).toMatchObject({
    ok: true,
    value: {
      lastN: 2,
      outcomes: [
        { n: 1, status: 'applied' },
        { n: 2, status: 'applied' },
      ],
    },
  })
})

const restoredAt = (atMs: number | null) => host.db.updateTable('head').set({ restored_at_ms: atMs }).execute()

test('[B6] leaves with its device what may wait and would be refused, takes what came before, and takes it later under its number', async () => {
  await restoredAt(Date.now() - 86_400_000)
  const amend = { name: 'contact/amend', args: { id: idOf('entry', 9), edits: { subject: { from: 'Yearly review', to: 'After' } }, reason: null } }
  const [before, waiting, behind] = [log(2), amend, log(3)].map((call) => host.envelope(device, call))
  if (!before || !waiting || !behind) throw new Error('three envelopes')
  const all = [before, waiting, behind]
  expect(await host.pushRaw(device, all, Date.now(), [waiting.id, behind.id])).toMatchObject({
    ok: true,
    value: { lastN: 1, outcomes: [{ n: 1, status: 'applied' }], waiting: { n: 2, error: { code: 'access/not-found' } } },
  })
  expect(await host.pushRaw(device, [waiting], Date.now(), [waiting.id]), 'alone').toMatchObject({ ok: true, value: { lastN: 1, outcomes: [], waiting: { n: 2 } } })
  await host.push(await host.device(advisorId), [log(9)])
  const answer = await host.pushRaw(device, all, Date.now(), [waiting.id])
  expect(answer).toMatchObject({ ok: true, value: { lastN: 3, outcomes: [{ n: 1 }, { n: 2, id: waiting.id, status: 'applied' }, { n: 3, status: 'applied' }] } })
  expect(answer.ok && answer.value.waiting).toBeUndefined()
  expect(await verifyChain(host.db)).toBeNull()
})

test('[B6] without a restore within four weeks every refusal is final, and in the trail', async () => {
  const amend = { name: 'contact/amend', args: { id: idOf('entry', 9), edits: { subject: { from: 'Yearly review', to: 'After' } }, reason: null } }
  const before = await countEntries()
  for (const atMs of [null, Date.now() - 29 * 86_400_000]) {
    await restoredAt(atMs)
    const probe = host.envelope(device, amend)
    const answer = await host.pushRaw(device, [probe], Date.now(), [probe.id])
    expect(answer).toMatchObject({ ok: true, value: { outcomes: [{ id: probe.id, status: 'refused', error: { code: 'access/not-found' } }] } })
    expect(answer.ok && answer.value.waiting).toBeUndefined()
  }
  expect((await host.db.selectFrom('audit').select('outcome').orderBy('n', 'desc').limit(2).execute()).map(({ outcome }) => outcome)).toEqual(['refused', 'refused'])
  expect(await countEntries()).toBe(before)
})

test('[P2] refuses a gap and says how far it has come', async () => {
  await host.push(device, [log(2)])
  device.n = 2
  const answer = await host.pushRaw(device, [host.envelope(device, log(3))])
  expect(answer).toMatchObject({ ok: false, error: { code: 'sync/gap', params: { lastN: 1 } } })
  expect(await countEntries()).toBe(2)
})

test('[P3] refuses a number or an id that comes back with another content', async () => {
  const envelope = host.envelope(device, log(2))
  await host.pushRaw(device, [envelope])
  const changed = { ...envelope, args: { ...logArgs(2, 1), subject: 'Another' } }
  expect(await host.pushRaw(device, [changed])).toMatchObject({ ok: false, error: { code: 'sync/reused-id' } })
  expect(await host.pushRaw(device, [{ ...envelope, id: randomUUID() }])).toMatchObject({ ok: false, error: { code: 'sync/reused-id' } })
  expect(await host.pushRaw(device, [{ ...host.envelope(device, log(3)), id: envelope.id }])).toMatchObject({ ok: false, error: { code: 'sync/reused-id' } })
})

test('[P3] another device cannot answer with an id that is taken', async () => {
  const envelope = host.envelope(device, log(2))
  await host.pushRaw(device, [envelope])
  const second = await host.device(advisorId)
  expect(await host.pushRaw(second, [{ ...host.envelope(second, log(3)), id: envelope.id }])).toMatchObject({ ok: false, error: { code: 'sync/reused-id' } })
})

test('[P4] a refused command uses up its number and those behind it go on', async () => {
  const outcomes = await host.push(device, [
    { name: 'contact/delete', args: {} },
    { name: 'contact/log', args: { subject: '\ud800' } },
    log(2),
    { name: 'contact/log', args: logArgs(3, 3) },
    log(4),
  ])
  expect(outcomes.map((o) => o.error?.code ?? 'applied')).toEqual(['command/unknown', 'command/malformed', 'applied', 'access/not-found', 'applied'])
})

test('[P4] a command whose rows the database refuses is refused alone', async () => {
  await sql`ALTER TABLE contact_entries ADD CONSTRAINT no_lunch CHECK (subject <> 'Lunch')`.execute(host.db)
  const outcomes = await host.push(device, [log(2), { name: 'contact/log', args: logArgs(3, 1, { subject: 'Lunch' } as never) }, log(4)])
  expect(outcomes.map((o) => o.error)).toEqual([null, { code: 'app/bug', params: { constraint: 'no_lunch' } }, null])
  expect(await countEntries()).toBe(3)
  expect(await verifyChain(host.db)).toBeNull()
})

test('commands of one batch build on each other', async () => {
  const amend = { name: 'contact/amend', args: { id: idOf('entry', 2), edits: { subject: { from: 'Yearly review', to: 'Pension' } }, reason: null } }
  const outcomes = await host.push(device, [log(2), amend, { name: 'contact/void', args: { id: idOf('entry', 2), reason: 'Twice' } }])
  expect(outcomes.map((o) => o.status)).toEqual(['applied', 'applied', 'applied'])
  expect(await host.find('contactEntries', idOf('entry', 2))).toMatchObject({ rev: 3, state: 'voided', subject: 'Pension' })
})

test('a device that was revoked sends nothing', async () => {
  await host.db.updateTable('device').set({ revoked_at_ms: 1 }).where('id', '=', device.id).execute()
  expect(await host.pushRaw(device, [host.envelope(device, log(2))])).toMatchObject({ ok: false, error: { code: 'session/device-revoked' } })
})

test('a command that names a file which is not there waits, and those before it are taken', async () => {
  const controller = await host.device(controllerId)
  const reject = { name: 'verification/reject', args: { id: idOf('claim', 1), reason: 'No money' } }
  const importing = { name: 'verification/import', args: { id: idOf('file', 9), sha256: 'b'.repeat(64), name: 'x.xml', sizeBytes: 1 } }
  const envelopes = [host.envelope(controller, reject), host.envelope(controller, importing)]
  expect(await host.pushRaw(controller, envelopes)).toMatchObject({ ok: false, error: { code: 'feed/file-missing', params: { n: 2 } } })
  expect(await host.find('outcomeClaims', idOf('claim', 1))).toMatchObject({ state: 'rejected' })
  expect(await host.pull(controller, { cursor: 0 })).toMatchObject({ lastN: 1, outcomes: [{ n: 1, status: 'applied' }] })
})

test('[H2] the trail names every command with its rows before and after, and holds', async () => {
  await host.push(device, [
    log(2),
    { name: 'contact/log', args: logArgs(3, 3) },
    { name: 'household/edit', args: { id: household(1), edits: { city: { from: 'Wien', to: 'Graz' } } } },
  ])
  const trail = await host.db.selectFrom('audit').selectAll().orderBy('n').execute()
  expect(trail.map((e) => [e.name, e.outcome])).toEqual([
    ['contact/log', 'applied'],
    ['contact/log', 'refused'],
    ['household/edit', 'applied'],
  ])
  expect(trail[2]).toMatchObject({
    actor_id: advisorId,
    device_id: device.id,
    changes: [{ table: 'households', before: { city: 'Wien', rev: 1 }, after: { city: 'Graz', rev: 2 } }],
  })
  expect(await verifyChain(host.db)).toBeNull()
})

test('[H2] the trail cannot be changed, and a change made past the database is named', async () => {
  await host.push(device, [log(2), log(3), log(4)])
  await expect(sql`UPDATE audit SET name = 'x' WHERE n = 2`.execute(host.db)).rejects.toThrow('append-only')
  await expect(sql`DELETE FROM audit`.execute(host.db)).rejects.toThrow('append-only')
  await expect(sql`TRUNCATE audit`.execute(host.db)).rejects.toThrow('append-only')
  await sql`ALTER TABLE audit DISABLE TRIGGER USER`.execute(host.db)
  await sql`UPDATE audit SET changes = jsonb_set(changes, '{0,after,note}', '"other"') WHERE n = 2`.execute(host.db)
  expect(await verifyChain(host.db)).toEqual({ n: 2, problem: 'changed' })
  await sql`DELETE FROM audit WHERE n = 2`.execute(host.db)
  expect(await verifyChain(host.db)).toEqual({ n: 2, problem: 'missing' })
  await sql`DELETE FROM audit WHERE n = 3`.execute(host.db)
  expect(await verifyChain(host.db)).toEqual({ n: 1, problem: 'head-differs' })
})
