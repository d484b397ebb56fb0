import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claimHistoryMax } from '../../shared/domain/outcome/outcome-claim.ts'
import { logArgs } from '../../test/support/firm-rows.ts'
import { PgHost } from '../../test/support/pg-host.ts'
import { advisorId, claimRow, controllerId, household, otherAdvisorId, serverFirm, serviceId, strangerId, todayOn, workRows } from '../../test/support/server-firm.ts'
import { idOf } from '../../test/support/test-id.ts'
import { verifyChain } from '../audit/verify-chain.ts'
import { withActor } from '../db/with-actor.ts'
import { writeChanges } from './write-changes.ts'

let host: PgHost
beforeEach(async () => {
  host = await PgHost.open([...serverFirm(), ...workRows()])
})
afterEach(() => host.close())

const followUp = (over: object = {}) => ({
  id: randomUUID(),
  householdId: household(1),
  assigneeId: advisorId,
  title: 'Call back',
  note: '',
  dueOn: '2030-06-12',
  remindAtMs: null,
  zone: 'Europe/Vienna',
  ...over,
})
const absentSha = 'd'.repeat(64)
const importing = { name: 'verification/import', args: { id: idOf('file', 9), sha256: absentSha, name: 'x.xml', sizeBytes: 1 } }

test('[C4] an id in capitals names the record that is there, and does not write over it', async () => {
  const taken = {
    id: household(3).toUpperCase(),
    name: 'Taken over',
    kind: 'family',
    relationship: 'client',
    tier: 'A',
    country: 'AT',
    city: 'Wien',
    language: 'de',
    assetsMinor: 0,
    currency: 'EUR',
    quietPeriods: [],
    lead: { id: randomUUID(), colleagueId: advisorId, fromOn: todayOn },
  }
  expect(await host.run(advisorId, { name: 'household/add', args: taken })).toBe('conflict/exists')
  expect(await host.run(otherAdvisorId, { name: 'contact/log', args: { ...logArgs(9, 1), id: idOf('entry', 1).toUpperCase() } })).toBe('conflict/exists')
  expect(await host.find('households', household(3))).toMatchObject({ name: 'Household 3', rev: 1 })
  expect(await host.find('contactEntries', idOf('entry', 1))).toMatchObject({ authorId: advisorId, rev: 1 })
})

test('[C6] a row that its writer did not know is never written over', async () => {
  const write = withActor(host.db, null, (tx) => writeChanges(tx, [{ table: 'outcomeClaims', before: null, after: claimRow({ note: 'other' }) }], 1_000))
  await expect(write).rejects.toThrow('not the next version')
})

test('a membership named twice does not make someone head of a household that the actor does not see', async () => {
  const of = (roles: readonly (readonly [number, string])[]) => roles.map(([n, role]) => ({ householdId: household(n), role }))
  const both = of([
    [1, 'other'],
    [3, 'other'],
  ])
  const person = { id: idOf('person', 9), name: 'Of two', memberships: both, birthOn: null, email: null, phone: null }
  expect(await host.run(serviceId, { name: 'person/add', args: person })).toBeNull()
  const to = of([
    [1, 'other'],
    [3, 'head'],
    [3, 'other'],
  ])
  expect(await host.run(advisorId, { name: 'person/edit', args: { id: person.id, edits: { memberships: { from: both, to } } } })).toBe('access/not-found')
  expect(await host.find('households', household(3))).toMatchObject({ headPersonId: null })
})

test('a mandate names no account, so that it tells nothing of one that is not theirs', async () => {
  const mandate = (accountId: string) => ({
    id: randomUUID(),
    entryId: idOf('entry', 1),
    kind: 'mandate',
    accountId,
    claimedMinor: 100,
    currency: 'EUR',
    expectedOn: null,
    creditSplit: [{ colleagueId: advisorId, shareBp: 10_000 }],
    note: '',
  })
  for (const accountId of [idOf('account', 3), idOf('absent', 1)]) expect(await host.run(advisorId, { name: 'outcome/claim', args: mandate(accountId) })).toBe('outcome/account')
})

test('a time zone that is not there is refused in an amendment too', async () => {
  await host.run(advisorId, { name: 'contact/log', args: logArgs(2, 1, { direction: 'inbound' } as never) })
  const edits = { zone: { from: 'Europe/Vienna', to: 'Moon/Crater' } }
  expect(await host.run(advisorId, { name: 'contact/amend', args: { id: idOf('entry', 2), edits, reason: null } })).toBe('command/malformed')
})

test('[P4] a day that the database has not is a malformed field, no defect', async () => {
  expect(await host.run(advisorId, { name: 'follow-up/add', args: followUp({ dueOn: '0000-01-01' }) })).toBe('command/malformed')
  expect(host.bugs).toEqual([])
})

test('[P4] the answer to an unknown field stays short', async () => {
  const [outcome] = await host.push(await host.device(advisorId), [{ name: 'follow-up/add', args: { ...followUp(), ['k'.repeat(100_000)]: 1 } }])
  expect(outcome?.error?.code).toBe('command/malformed')
  expect(JSON.stringify(outcome).length).toBeLessThan(600)
})

test('a command that the role does not have is refused, whatever file it names', async () => {
  const device = await host.device(strangerId)
  expect(await host.push(device, [importing])).toMatchObject([{ error: { code: 'access/role' } }])
})

test('the answer to a command whose file is missing names the file', async () => {
  const device = await host.device(controllerId)
  expect(await host.pushRaw(device, [host.envelope(device, importing)])).toMatchObject({ ok: false, error: { code: 'feed/file-missing', params: { n: 1, sha256: absentSha } } })
})

test('no number of edits keeps a claim from being decided', async () => {
  const device = await host.device(advisorId)
  const edit = (i: number) => ({ name: 'outcome/edit', args: { id: idOf('claim', 1), edits: { note: { from: i === 0 ? '' : `${i - 1}`, to: `${i}` } }, answer: null } })
  for (let i = 0; i < 500; i += 250)
    await host.push(
      device,
      Array.from({ length: 250 }, (_, k) => edit(i + k)),
    )
  const claim = await host.find('outcomeClaims', idOf('claim', 1))
  expect(claim?.history.length).toBeLessThanOrEqual(claimHistoryMax.byMatching)
  expect(await host.run(controllerId, { name: 'verification/reject', args: { id: idOf('claim', 1), reason: 'No money' } })).toBeNull()
})

test.each(['a\nb', 'null', ''])('[H2] a command whose name is %j stands in the trail as it was signed', async (name) => {
  const entry = { name: 'contact/log', args: logArgs(40, 1) }
  await host.push(await host.device(advisorId), [entry, { name, args: null }, { name, args: 'a\nb' }, { ...entry, args: logArgs(41, 1) }])
  const trail = await host.db.selectFrom('audit').select(['name', 'args', 'outcome']).orderBy('n', 'desc').limit(3).execute()
  expect(trail.map((e) => [e.name, e.outcome])).toEqual([
    ['contact/log', 'applied'],
    [name, 'refused'],
    [name, 'refused'],
  ])
  expect(trail.slice(1).map((e) => e.args)).toEqual(['a\nb', null])
  expect(await verifyChain(host.db)).toBeNull()
})
