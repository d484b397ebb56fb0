import { afterAll, beforeAll, expect, test } from 'vitest'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import { entryRow, logArgs } from '../../test/support/firm-rows.ts'
import { emails, HttpHost } from '../../test/support/http-host.ts'
import { advisorId } from '../../test/support/server-firm.ts'
import { trips } from '../db/pipelined-pool.ts'

let host: HttpHost
beforeAll(async () => {
  host = await HttpHost.open()
})
afterAll(() => host.close())

/** Statements that PostgreSQL was sent meanwhile, those that travelled together in one list. */
async function sentDuring(work: () => Promise<unknown>): Promise<readonly (readonly string[])[]> {
  const sent: (readonly string[])[] = []
  const note = (texts: unknown) => void sent.push(texts as readonly string[])
  trips.subscribe(note)
  await work().finally(() => trips.unsubscribe(note))
  return sent
}

const inHead = (sent: readonly (readonly string[])[]): number => sent.slice(sent.findIndex((texts) => texts.some((t) => t.startsWith('update "head"')))).length

test('a push of one command waits for PostgreSQL five times, three of them with the head held, and one of 200 no more often', async () => {
  const { accessToken } = await host.session(emails.advisor)
  const envelope = (n: number) => ({ id: crypto.randomUUID(), n, name: 'contact/log', version: 1, args: logArgs(1_000 + n, 1), madeAtMs: Date.now() })
  await host.push(accessToken, envelope(1)) // who works here is known from now on
  for (const commands of [[envelope(2)], Array.from({ length: 200 }, (_, i) => envelope(3 + i))]) {
    const body = await host.pushBody(accessToken, ...commands)
    const sent = await sentDuring(() => host.post('/v1/sync/push', body, accessToken))
    expect(sent.length).toBeLessThanOrEqual(5)
    expect(inHead(sent)).toBe(3)
  }
})

test('a page of changes waits for PostgreSQL three times', async () => {
  const { accessToken } = await host.session(emails.advisor)
  const pull = (over: object) => host.post('/v1/sync/pull', { protocol: PROTOCOL_VERSION, cursor: null, scopeHash: null, sinceN: 0, ...over }, accessToken)
  const { body } = await pull({})
  await host.pg.seed([{ table: 'contactEntries', row: entryRow(5_000, 1, { authorId: advisorId }) }])
  const sent = await sentDuring(() => pull({ cursor: body.cursor, scopeHash: body.scopeHash, headSize: body.head.size }))
  expect(sent.length).toBeLessThanOrEqual(3)
})
