import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '../../shared/lib/must.ts'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import type { FollowedPage, PullResponse } from '../../shared/sync/pull.ts'
import { coverageRow, logArgs } from '../../test/support/firm-rows.ts'
import { HttpHost } from '../../test/support/http-host.ts'
import { advisorId, complianceId, household, marketingId, otherAdvisorId, strangerId, supervisorId, yesterdayOn } from '../../test/support/server-firm.ts'
import { idOf } from '../../test/support/test-id.ts'

let host: HttpHost
beforeAll(async () => {
  host = await HttpHost.open()
})
afterAll(() => host.close())

/** Counts what a person's stream says; `close` ends it. */
async function listen(personId: string) {
  const { email } = await host.pg.db.selectFrom('colleagues').select('email').where('id', '=', personId).executeTakeFirstOrThrow()
  const { accessToken } = await host.session(email)
  const stream = await fetch(`${host.url}/v1/sync/events`, { headers: { authorization: `Bearer ${accessToken}` } })
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  const heard = { count: 0 }
  const reading = (async () => {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) heard.count += read.value.split('event: changed').length - 1
  })()
  await expect.poll(() => heard.count).toBe(1) // the head at the start
  return { heard, close: async () => [await reader?.cancel(), await reading] }
}

test('[L9] a commit wakes the devices of those whom it concerns, and only them', async () => {
  const people = [advisorId, otherAdvisorId, complianceId, strangerId]
  const streams = await Promise.all(people.map(listen))
  const counts = () => streams.map((s) => s.heard.count)
  await host.pg.push(await host.pg.device(advisorId), [{ name: 'contact/log', args: logArgs(2, 1) }])
  await expect.poll(counts).toEqual([2, 2, 2, 1])
  await sleep(200)
  expect(counts()).toEqual([2, 2, 2, 1])

  await host.pg.seed([{ table: 'coverages', row: coverageRow(90, 1, strangerId, { role: 'specialist' }) }]) // moves what people see
  await expect.poll(counts).toEqual([3, 3, 3, 2])
  await host.pg.push(await host.pg.device(advisorId), [{ name: 'contact/log', args: logArgs(3, 1) }])
  await expect.poll(counts).toEqual([4, 4, 4, 3])
  await Promise.all(streams.map((s) => s.close()))
})

test('[L9] nobody is woken alone by what is kept from them', async () => {
  const streams = await Promise.all([advisorId, otherAdvisorId, marketingId].map(listen))
  const counts = () => streams.map((s) => s.heard.count)
  const [device, promise] = [await host.pg.device(advisorId), { title: 'Call', note: '', dueOn: '2030-01-01', remindAtMs: null, zone: 'Europe/Vienna', assigneeId: advisorId }]
  const secret = { ...logArgs(60, 1, { isConfidential: true }), followUps: [{ id: idOf('follow-up', 60), ...promise }] }
  await host.pg.push(device, [{ name: 'contact/log', args: secret }])
  await expect.poll(counts).toEqual([2, 2, 2])
  await host.pg.push(device, [{ name: 'follow-up/complete', args: { id: idOf('follow-up', 60) } }])
  await expect.poll(counts).toEqual([3, 3, 3])
  await host.pg.push(device, [{ name: 'contact/log', args: { ...logArgs(61, 1), followUps: [{ id: idOf('follow-up', 61), ...promise }] } }])
  await host.pg.push(device, [{ name: 'follow-up/complete', args: { id: idOf('follow-up', 61) } }])
  await expect.poll(counts).toEqual([5, 5, 3])
  await Promise.all(streams.map((s) => s.close()))
})

test('[L9] a stream that has only just been opened hears of the next commit', async () => {
  const stream = await listen(advisorId)
  await host.pg.push(await host.pg.device(advisorId), [{ name: 'contact/log', args: logArgs(4, 1) }])
  await expect.poll(() => stream.heard.count).toBe(2)
  await stream.close()
})

test('a device that opens many streams keeps the newest four', async () => {
  const { email } = await host.pg.db.selectFrom('colleagues').select('email').where('id', '=', advisorId).executeTakeFirstOrThrow()
  const { accessToken } = await host.session(email)
  const ended = new Set<number>()
  const readers = []
  for (let i = 0; i < 7; i++) {
    const { body } = await fetch(`${host.url}/v1/sync/events`, { headers: { authorization: `Bearer ${accessToken}` } })
    const reader = must(body, 'body').getReader()
    readers.push(reader)
    void (async () => {
      for (let read = await reader.read(); !read.done; read = await reader.read());
      ended.add(i)
    })()
  }
  await expect.poll(() => [...ended].toSorted()).toEqual([0, 1, 2])
  for (const reader of readers) await reader.cancel()
})

/** A device that follows its stream: what it hears, and its own pulls. */
async function follow(personId: string) {
  const { email } = await host.pg.db.selectFrom('colleagues').select('email').where('id', '=', personId).executeTakeFirstOrThrow()
  const { accessToken } = await host.session(email)
  const stream = await fetch(`${host.url}/v1/sync/events?pages=1`, { headers: { authorization: `Bearer ${accessToken}` } })
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  const heard: { event: string; data: FollowedPage }[] = []
  const state = { isOver: false }
  const reading = (async () => {
    let text = ''
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
      const parts = (text + read.value).split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts) {
        const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(part) ?? []
        if (event && data) heard.push({ event, data: JSON.parse(data) })
      }
    }
    state.isOver = true
  })()
  const pull = async (over: object = {}): Promise<PullResponse> =>
    (await host.post('/v1/sync/pull', { protocol: PROTOCOL_VERSION, cursor: null, scopeHash: null, sinceN: 0, ...over }, accessToken)).body
  const events = () => heard.map((h) => h.event)
  await expect.poll(events).toEqual(['changed'])
  return { heard, events, state, pull, accessToken, close: async () => [await reader?.cancel(), await reading] }
}

test('[L13] a device that has pulled is sent what its next pull would bring, and only what its person may see', async () => {
  const [seeing, stranger] = await Promise.all([follow(otherAdvisorId), follow(marketingId)])
  const [at] = [await seeing.pull(), await stranger.pull()]
  const advisor = await host.pg.device(advisorId)
  await host.pg.push(advisor, [{ name: 'contact/log', args: logArgs(20, 1) }])
  await expect.poll(seeing.events).toEqual(['changed', 'page'])
  const { from, sinceN, headSize, page } = must(seeing.heard[1], 'page').data
  expect({ from, sinceN, headSize }).toEqual({ from: at.cursor, sinceN: at.lastN, headSize: at.head.size })
  expect(page.rows.map((r) => [r.table, r.id])).toContainEqual(['contactEntries', idOf('entry', 20)])
  expect(page).toEqual(await seeing.pull({ cursor: at.cursor, scopeHash: at.scopeHash, sinceN: at.lastN, headSize }))

  await host.pg.push(advisor, [{ name: 'contact/log', args: logArgs(21, 1, { isConfidential: true }) }]) // not even mentioned
  await host.pg.push(advisor, [{ name: 'contact/log', args: logArgs(22, 1) }])
  await expect.poll(seeing.events).toEqual(['changed', 'page', 'page'])
  expect(JSON.stringify(seeing.heard)).not.toContain(idOf('entry', 21))
  expect(must(seeing.heard[2], 'page').data.from).toBe(page.cursor)
  expect(stranger.events()).toEqual(['changed'])
  await Promise.all([seeing.close(), stranger.close()])
})

test('[L13] a device that has not pulled, or whose scope is another one by now, is only told that something changed', async () => {
  const fresh = await follow(otherAdvisorId)
  const advisor = await host.pg.device(advisorId)
  await host.pg.push(advisor, [{ name: 'contact/log', args: logArgs(30, 1) }])
  await expect.poll(fresh.events).toEqual(['changed', 'changed'])
  await fresh.pull()
  await host.pg.seed([{ table: 'coverages', row: coverageRow(91, 2, otherAdvisorId, { role: 'specialist' }) }])
  await host.pg.seed([{ table: 'coverages', row: coverageRow(92, 3, otherAdvisorId, { role: 'specialist' }) }])
  await expect.poll(() => fresh.events().at(-1)).toBe('changed')
  expect(fresh.heard.filter((h) => h.event === 'page').flatMap((h) => h.data.page.rows.filter((r) => r.table === 'households'))).toEqual([])
  await fresh.close()
})

test('[L13] whose session has ended gets no page: the stream ends', async () => {
  const leaver = await follow(otherAdvisorId)
  await leaver.pull()
  await host.send('DELETE', '/v1/session', undefined, leaver.accessToken)
  await host.pg.push(await host.pg.device(advisorId), [{ name: 'contact/log', args: logArgs(40, 1) }])
  await expect.poll(() => leaver.state.isOver).toBe(true)
  expect(leaver.events()).toEqual(['changed'])
})

let nextEntry = 0
test.each<[string, (deviceId: string) => Promise<unknown>]>([
  ['whose laptop was withdrawn', (deviceId) => host.pg.db.updateTable('device').set({ revoked_at_ms: 1 }).where('id', '=', deviceId).execute()],
  ['who left the firm', () => host.pg.db.updateTable('colleagues').set({ is_active: false }).where('id', '=', otherAdvisorId).execute()],
  ['who has another role', () => host.pg.db.updateTable('colleagues').set({ role: 'marketing' }).where('id', '=', otherAdvisorId).execute()],
])('[L13] a person %s gets no page any more on a stream that is open', async (_what, change) => {
  const before = await host.pg.db.selectFrom('colleagues').select(['role', 'is_active']).where('id', '=', otherAdvisorId).executeTakeFirstOrThrow()
  const [leaver, control] = await Promise.all([follow(otherAdvisorId), follow(advisorId)])
  try {
    await Promise.all([leaver.pull(), control.pull()])
    const { id } = await host.pg.db.selectFrom('device').select('id').where('colleague_id', '=', otherAdvisorId).orderBy('created_at_ms', 'desc').executeTakeFirstOrThrow()
    await change(id)
    await host.pg.push(await host.pg.device(advisorId), [{ name: 'contact/log', args: logArgs(50 + nextEntry++, 1) }])
    await expect.poll(control.events).toEqual(['changed', 'page'])
    expect(leaver.events()).toEqual(['changed'])
  } finally {
    await Promise.all([leaver.close(), control.close()])
    await host.pg.db.updateTable('colleagues').set(before).where('id', '=', otherAdvisorId).execute()
  }
})

test('[L13] what is written in a household after one’s coverage of it has ended comes on no stream', async () => {
  const leaver = await follow(otherAdvisorId)
  const { scope } = await leaver.pull()
  expect(scope?.map(({ householdId }) => householdId)).toContain(household(1))
  const supervisor = await host.pg.device(supervisorId)
  const { id } = await host.pg.db.selectFrom('coverages').select('id').where('colleague_id', '=', otherAdvisorId).where('household_id', '=', household(1)).executeTakeFirstOrThrow()
  await host.pg.push(supervisor, [{ name: 'coverage/end', args: { id, toOn: yesterdayOn } }])
  await host.pg.push(await host.pg.device(advisorId), [{ name: 'contact/log', args: logArgs(59, 1) }])
  await expect.poll(() => leaver.events().length).toBeGreaterThan(1)
  expect(JSON.stringify(leaver.heard)).not.toContain(idOf('entry', 59))
  const after = await leaver.pull({ cursor: 0, scopeHash: null })
  expect(after.rows.filter((r) => r.id === idOf('entry', 59) && r.row !== null)).toEqual([])
  await leaver.close()
})
