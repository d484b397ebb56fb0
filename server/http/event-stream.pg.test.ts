import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '../../shared/lib/must.ts'
import { coverageRow, logArgs } from '../../test/support/firm-rows.ts'
import { HttpHost } from '../../test/support/http-host.ts'
import { advisorId, complianceId, otherAdvisorId, strangerId } from '../../test/support/server-firm.ts'

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
