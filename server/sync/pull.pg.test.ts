import { afterEach, beforeEach, expect, test } from 'vitest'
import { must } from '../../shared/lib/must.ts'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import type { PullResponse, WireRow } from '../../shared/sync/pull.ts'
import { lineRow } from '../../test/support/bank-rows.ts'
import { coverageRow, entryRow, householdRow, logArgs, personRow, withoutRev } from '../../test/support/firm-rows.ts'
import { PgHost, type TestDevice } from '../../test/support/pg-host.ts'
import {
  advisorId,
  complianceId,
  controllerId,
  formerId,
  household,
  marketingId,
  otherAdvisorId,
  serverFirm,
  serviceId,
  strangerId,
  supervisorId,
  todayOn,
  workRows,
  yesterdayOn,
} from '../../test/support/server-firm.ts'
import { idOf } from '../../test/support/test-id.ts'
import { pullChanges } from './pull.ts'

let host: PgHost
beforeEach(async () => {
  host = await PgHost.open([...serverFirm(), ...workRows()])
})
afterEach(() => host.close())

const keys = (rows: readonly WireRow[]): readonly string[] => rows.map((r) => `${r.table} ${r.row === null ? 'gone' : 'row'}`).toSorted()
const tables = (rows: readonly WireRow[]): readonly string[] => [...new Set(rows.map((r) => r.table))].toSorted()
const scopeOf = async (device: TestDevice, nowMs = Date.now()) =>
  Object.fromEntries(must((await host.pull(device, {}, nowMs)).scope, 'scope').map((s) => [s.householdId, s.access]))
const everything = async (device: TestDevice): Promise<readonly WireRow[]> => {
  const scope = await scopeOf(device)
  const found: WireRow[] = []
  for (const ids of [[], Object.keys(scope)]) {
    if (ids.length === 0 && found.length > 0) continue
    const page = await host.snapshot(device, ids)
    if (page.ok) found.push(...page.value.rows)
  }
  return found
}

const followUpArgs = (n: number) => ({ id: idOf('follow-up', n), title: 'Private', note: '', dueOn: '2030-01-01', remindAtMs: null, zone: 'Europe/Vienna' })
const claimArgs = (n: number) => ({ id: idOf('claim', n), kind: 'mandate', accountId: null, claimedMinor: 1, currency: 'EUR', expectedOn: null, note: 'Private' })

test('[L5] the scope says which households a person sees, and why', async () => {
  expect(await scopeOf(await host.device(advisorId))).toEqual({ [household(1)]: 'lead' })
  expect(await scopeOf(await host.device(otherAdvisorId))).toEqual({ [household(1)]: 'cover', [household(2)]: 'lead' })
  expect(await scopeOf(await host.device(supervisorId))).toEqual({ [household(1)]: 'supervise', [household(2)]: 'supervise' })
  expect(await scopeOf(await host.device(formerId))).toEqual({})
  expect(await scopeOf(await host.device(controllerId))).toEqual({ [household(1)]: 'control' })
  expect(Object.keys(await scopeOf(await host.device(serviceId)))).toHaveLength(3)
  expect(Object.keys(await scopeOf(await host.device(complianceId)))).toHaveLength(3)
  expect(await scopeOf(await host.device(marketingId))).toEqual({})
})

test('what a person may see is what the tables of their access say', async () => {
  const sales = ['accounts', 'colleagues', 'contactEntries', 'coverages', 'followUps', 'households', 'outcomeClaims', 'persons']
  expect(tables(await everything(await host.device(advisorId)))).toEqual(sales)
  expect(tables(await everything(await host.device(serviceId)))).toEqual(['accounts', 'colleagues', 'coverages', 'households', 'persons'])
  const control = ['accountActivities', 'accounts', 'colleagues', 'feedFiles', 'households', 'outcomeClaims', 'persons', 'verificationCases']
  expect(tables(await everything(await host.device(controllerId)))).toEqual(control)
  expect(tables(await everything(await host.device(marketingId)))).toEqual(['colleagues'])
})

test('[L5] a household arrives with a grant and leaves with the end of the coverage', async () => {
  const device = await host.device(strangerId)
  const first = await host.pull(device)
  expect(await host.run(supervisorId, { name: 'coverage/grant', args: withoutRev(coverageRow(77, 1, advisorId, { role: 'specialist', fromOn: todayOn })) })).toBeNull()
  await host.seed([{ table: 'coverages', row: coverageRow(78, 1, strangerId, { role: 'specialist' }) }])
  const granted = await host.pull(device, { cursor: first.cursor, scopeHash: first.scopeHash })
  expect(granted.scope?.map((s) => s.householdId)).toContain(household(1))
  expect(await host.pull(device, { cursor: granted.cursor, scopeHash: granted.scopeHash })).toMatchObject({ scope: null, rows: [] })
  const snapshot = await host.snapshot(device, [household(1)])
  expect(snapshot.ok && tables(snapshot.value.rows)).toContain('contactEntries')

  expect(await host.run(supervisorId, { name: 'coverage/end', args: { id: idOf('coverage', 78), toOn: yesterdayOn } })).toBeNull()
  const ended = await host.pull(device, { cursor: granted.cursor, scopeHash: granted.scopeHash })
  expect(ended.scope).toEqual([{ householdId: household(3), access: 'lead' }])
  expect(ended.rows).toEqual([])
})

test('[L5] who stays with a household for another reason is told: its confidential entries go and come with the lead', async () => {
  await host.seed([{ table: 'contactEntries', row: entryRow(9, 1, { isConfidential: true, authorId: supervisorId, colleagueIds: [supervisorId] }) }])
  const [lead, other] = [await host.device(advisorId), await host.device(otherAdvisorId)]
  const reads = async (device: TestDevice) => {
    const page = await host.snapshot(device, [household(1)])
    return page.ok && page.value.rows.some((r) => r.id === idOf('entry', 9))
  }
  const [ofLead, ofOther] = [await host.pull(lead), await host.pull(other)]
  expect([await reads(lead), await reads(other)]).toEqual([true, false])
  const grant = (n: number, colleagueId: string, role: 'lead' | 'specialist') => ({
    name: 'coverage/grant',
    args: withoutRev(coverageRow(n, 1, colleagueId, { role, fromOn: todayOn })),
  })
  for (const call of [{ name: 'coverage/end', args: { id: idOf('coverage', 1), toOn: yesterdayOn } }, grant(80, advisorId, 'specialist'), grant(81, otherAdvisorId, 'lead')])
    expect(await host.run(supervisorId, call)).toBeNull()

  const since = ({ cursor, scopeHash }: { readonly cursor: number; readonly scopeHash: string }) => ({ cursor, scopeHash })
  expect((await host.pull(lead, since(ofLead))).scope).toContainEqual({ householdId: household(1), access: 'cover' })
  expect((await host.pull(other, since(ofOther))).scope).toContainEqual({ householdId: household(1), access: 'lead' })
  expect([await reads(lead), await reads(other)]).toEqual([false, true])
})

test('[L5] a coverage begins and ends with the day of the firm, without a commit', async () => {
  await host.seed([{ table: 'coverages', row: coverageRow(79, 2, strangerId, { role: 'specialist', fromOn: '2031-03-10', toOn: '2031-03-10' }) }])
  const device = await host.device(strangerId)
  const sees = async (at: string): Promise<boolean> => household(2) in (await scopeOf(device, Date.parse(at)))
  expect(await sees('2031-03-09T22:59:59Z')).toBe(false)
  expect(await sees('2031-03-09T23:00:01Z')).toBe(true)
  expect(await sees('2031-03-10T22:59:59Z')).toBe(true)
  expect(await sees('2031-03-10T23:00:01Z')).toBe(false)
})

test('[L4] an entry that becomes confidential leaves those who may not read it', async () => {
  const other = await host.device(otherAdvisorId)
  const { cursor } = await host.pull(other)
  const edits = { isConfidential: { from: false, to: true } }
  expect(await host.run(advisorId, { name: 'contact/amend', args: { id: idOf('entry', 1), edits, reason: null } })).toBeNull()
  const changesFor = async (colleagueId: string) => keys((await host.pull(await host.device(colleagueId), { cursor })).rows)
  expect(await changesFor(otherAdvisorId)).toEqual(['contactEntries gone', 'outcomeClaims gone'])
  expect(await changesFor(supervisorId)).toEqual(['contactEntries gone', 'outcomeClaims gone'])
  expect(await changesFor(advisorId)).toEqual(['contactEntries row', 'outcomeClaims row'])
  expect(await changesFor(complianceId)).toEqual(['contactEntries row', 'outcomeClaims row'])
  expect(await changesFor(controllerId)).toEqual(['outcomeClaims row'])
})

test('an entry that was confidential from its beginning is not even mentioned, and cannot be claimed for', async () => {
  const other = await host.device(otherAdvisorId)
  const { cursor } = await host.pull(other)
  expect(await host.run(advisorId, { name: 'contact/log', args: logArgs(2, 1, { isConfidential: true }) })).toBeNull()
  expect((await host.pull(other, { cursor })).rows).toEqual([])
  const page = await host.snapshot(other, [household(1)])
  expect(page.ok && page.value.rows.some((r) => r.id === idOf('entry', 2))).toBe(false)
  const claim = {
    id: idOf('claim', 5),
    entryId: idOf('entry', 2),
    kind: 'mandate',
    accountId: null,
    claimedMinor: 1,
    currency: 'EUR',
    expectedOn: null,
    creditSplit: [{ colleagueId: otherAdvisorId, shareBp: 10_000 }],
    note: '',
  }
  expect(await host.run(otherAdvisorId, { name: 'outcome/claim', args: claim })).toBe('access/not-found')
})

test('what came of a confidential entry is seen by the people concerned only', async () => {
  const [other, lead, controller] = [await host.device(otherAdvisorId), await host.device(advisorId), await host.device(controllerId)]
  const { cursor } = await host.pull(other)
  const promise = (n: number, assigneeId: string) => ({ ...followUpArgs(n), assigneeId })
  const claim = { ...claimArgs(5), creditSplit: [{ colleagueId: advisorId, shareBp: 10_000 }] }
  const args = { ...logArgs(2, 1, { isConfidential: true }), followUps: [promise(5, advisorId), promise(6, otherAdvisorId)], claims: [claim] }
  expect(await host.run(advisorId, { name: 'contact/log', args })).toBeNull()
  const seen = async (device: TestDevice, from = cursor) =>
    (await host.pull(device, { cursor: from })).rows
      .filter((r) => r.row !== null && r.id !== idOf('claim', 1))
      .map((r) => r.table)
      .toSorted()
  expect(await seen(lead)).toEqual(['contactEntries', 'followUps', 'followUps', 'outcomeClaims'])
  expect(await seen(other)).toEqual(['followUps'])
  expect(await seen(controller)).toEqual(['outcomeClaims', 'verificationCases'])
  expect(await host.run(otherAdvisorId, { name: 'follow-up/complete', args: { id: idOf('follow-up', 5) } })).toBe('access/not-found')
  expect(await host.run(otherAdvisorId, { name: 'outcome/withdraw', args: { id: idOf('claim', 5), reason: 'x' } })).toBe('access/not-found')

  const later = (await host.pull(other, { cursor })).cursor
  const opened = { id: idOf('entry', 2), edits: { isConfidential: { from: true, to: false } }, reason: null }
  expect(await host.run(advisorId, { name: 'contact/amend', args: opened })).toBeNull()
  expect(await seen(other, later)).toEqual(['contactEntries', 'followUps', 'followUps', 'outcomeClaims'])
})

test('[L4] what came of an entry that was confidential from its beginning is not mentioned, and leaves who had a part in it', async () => {
  const [other, superior] = [await host.device(otherAdvisorId), await host.device(supervisorId)]
  const promise = (n: number, assigneeId: string) => ({ ...followUpArgs(n), assigneeId })
  const split = (shares: Readonly<Record<string, number>>) => Object.entries(shares).map(([colleagueId, shareBp]) => ({ colleagueId, shareBp }))
  const claim = (n: number, creditSplit: ReturnType<typeof split>) => ({ ...claimArgs(n), creditSplit })
  const [mine, both] = [split({ [advisorId]: 10_000 }), split({ [advisorId]: 5_000, [otherAdvisorId]: 5_000 })]
  const args = {
    ...logArgs(2, 1, { isConfidential: true }),
    followUps: [promise(5, advisorId), promise(6, otherAdvisorId)],
    claims: [claim(5, mine), claim(6, both)],
  }
  let { cursor } = await host.pull(other)
  const told = async (device: TestDevice) =>
    (await host.pull(device, { cursor })).rows.filter((r) => r.id !== idOf('claim', 1)).map((r) => `${r.id} ${r.row === null ? 'gone' : 'row'}`)
  const after = async (name: string, args: object): Promise<void> => {
    cursor = (await host.pull(other)).cursor
    expect(await host.run(advisorId, { name, args })).toBeNull()
  }
  await after('contact/log', args)
  expect(await told(superior)).toEqual([])
  expect(await told(other)).toEqual([`${idOf('follow-up', 6)} row`, `${idOf('claim', 6)} row`])
  await after('follow-up/complete', { id: idOf('follow-up', 5) })
  expect([...(await told(other)), ...(await told(superior))]).toEqual([])
  await after('follow-up/reassign', { id: idOf('follow-up', 6), edits: { assigneeId: { from: otherAdvisorId, to: advisorId } } })
  expect([await told(other), await told(superior)]).toEqual([[`${idOf('follow-up', 6)} gone`], []])
  await after('outcome/edit', { id: idOf('claim', 6), edits: { creditSplit: { from: both, to: mine } }, answer: null })
  expect([await told(other), await told(superior)]).toEqual([[`${idOf('claim', 6)} gone`], []])
  await after('outcome/withdraw', { id: idOf('claim', 6), reason: 'x' })
  expect([...(await told(other)), ...(await told(superior))]).toEqual([])
})

test('[L4] a household that bears the id of a colleague tells them nothing that others are not told', async () => {
  const id = formerId
  await host.seed([
    { table: 'households', row: { ...householdRow(1), id, leadCoverageId: null } },
    { table: 'coverages', row: { ...coverageRow(80, 1, advisorId), householdId: id } },
    { table: 'coverages', row: { ...coverageRow(81, 1, formerId, { role: 'specialist', toOn: yesterdayOn }), householdId: id } },
    { table: 'coverages', row: coverageRow(82, 2, formerId, { role: 'specialist' }) },
  ])
  const [former, lead] = [await host.device(formerId), await host.device(advisorId)]
  const { cursor } = await host.pull(former)
  expect(await host.run(advisorId, { name: 'contact/log', args: { ...logArgs(90, 1), householdId: id } })).toBeNull()
  expect((await host.pull(former, { cursor })).rows).toEqual([])
  expect(keys((await host.pull(lead, { cursor })).rows)).toEqual(['contactEntries row'])
})

test('[L3] a page is filled with what a person may hear of: it does not tell how much is kept from them', async () => {
  const other = await host.device(otherAdvisorId)
  const start = await host.pull(other)
  const kinds = [...'vhvvhhhvhvvvvhvhhhhhvvvvhvvhvhhv']
  await host.seed(kinds.map((kind, i) => ({ table: 'contactEntries', row: entryRow(200 + i, 1, { isConfidential: kind === 'h' }) }) as const))
  for (const size of [1, 2, 3, 5, 17, 18]) {
    const pages: PullResponse[] = []
    for (let cursor: number | null = start.cursor; cursor !== null; ) {
      const request = { protocol: PROTOCOL_VERSION, cursor, scopeHash: start.scopeHash, sinceN: 0 }
      const page: PullResponse = await pullChanges(host.deps.db, { actor: other.actor, deviceId: other.id }, request, Date.now(), size)
      pages.push(page)
      cursor = page.hasMore ? page.cursor : null
    }
    const visible = kinds.flatMap((kind, i) => (kind === 'v' ? [idOf('entry', 200 + i)] : []))
    expect(pages.flatMap((p) => p.rows.map((r) => r.id))).toEqual(visible)
    for (const page of pages.slice(0, -1)) expect([page.rows.length, page.cursor]).toEqual([size, page.rows.at(-1)?.seq])
    expect(pages.at(-1)?.rows.length).toBeGreaterThan(0)
  }
})

test('[L4] a person who leaves a household leaves those who see no other of theirs', async () => {
  await host.seed([{ table: 'persons', row: personRow(8, [1, 2]) }])
  const lead = await host.device(advisorId)
  const other = await host.device(otherAdvisorId)
  const { cursor } = await host.pull(lead)
  const edits = { memberships: { from: personRow(8, [1, 2]).memberships, to: personRow(8, [2]).memberships } }
  expect(await host.run(otherAdvisorId, { name: 'person/edit', args: { id: idOf('person', 8), edits } })).toBeNull()
  expect((await host.pull(lead, { cursor })).rows).toMatchObject([{ table: 'persons', id: idOf('person', 8), row: null }])
  expect((await host.pull(other, { cursor })).rows).toMatchObject([{ table: 'persons', id: idOf('person', 8), row: { rev: 2 } }])
})

test('[L4] a removal names the newest change, whichever household told of it first: a device may have fetched what came between', async () => {
  await host.seed([{ table: 'persons', row: personRow(8, [1, 2]) }])
  const other = await host.device(otherAdvisorId)
  const { cursor } = await host.pull(other)
  const memberships = (...ns: number[]) => personRow(8, ns).memberships
  for (const edits of [
    { memberships: { from: memberships(1, 2), to: memberships(2) } },
    { phone: { from: null, to: '+43 1' } },
    { memberships: { from: memberships(2), to: memberships(3) } },
  ])
    expect(await host.run(serviceId, { name: 'person/edit', args: { id: idOf('person', 8), edits } })).toBeNull()
  const page = await host.pull(other, { cursor })
  expect(page.rows).toEqual([{ table: 'persons', id: idOf('person', 8), seq: page.cursor, row: null }])
})

test('[L3] pages end at 500 rows, also inside one commit, and miss none', async () => {
  const lines = Array.from({ length: 1_203 }, (_, i) => ({ table: 'accountActivities', row: lineRow({ id: idOf('many', i), lineNo: i + 1 }) }) as const)
  const controller = await host.device(controllerId)
  const { cursor } = await host.pull(controller)
  await host.seed(lines)
  const seen = new Set<string>()
  const sizes: number[] = []
  for (let at = cursor, more = true; more; ) {
    const page = await host.pull(controller, { cursor: at })
    sizes.push(page.rows.length)
    for (const { id } of page.rows) seen.add(id)
    at = page.cursor
    more = page.hasMore
  }
  expect(sizes).toEqual([500, 500, 203])
  expect(seen.size).toBe(1_203)
  expect((await host.pull(await host.device(advisorId), { cursor })).hasMore).toBe(false)
})

test('[L7] lastN and outcomes name what the rows up to the cursor contain', async () => {
  const device = await host.device(advisorId)
  const { cursor } = await host.pull(device)
  await host.push(device, [
    { name: 'contact/log', args: logArgs(2, 1) },
    { name: 'contact/log', args: logArgs(3, 3) },
  ])
  const page = await host.pull(device, { cursor, sinceN: 1 })
  expect(page).toMatchObject({ lastN: 2, outcomes: [{ n: 2, status: 'refused', error: { code: 'access/not-found' } }] })
  expect(page.rows.map((r) => r.table)).toEqual(['contactEntries'])
})
