import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { logArgs } from '../../test/support/firm-rows.ts'
import { PgHost, type TestDevice } from '../../test/support/pg-host.ts'
import { advisorId, serverFirm } from '../../test/support/server-firm.ts'
import { idOf } from '../../test/support/test-id.ts'
import { verifyChain } from '../audit/verify-chain.ts'

const WRITERS = 6
const PUSHES = 25

let host: PgHost
beforeEach(async () => {
  host = await PgHost.open(serverFirm())
})
afterEach(() => host.close())

/** Seeded and small (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Pushes small batches, now and then with one that is refused or sent twice. */
async function write(device: TestDevice, writer: number, random: () => number): Promise<readonly string[]> {
  const accepted: string[] = []
  for (let i = 0; i < PUSHES; i++) {
    const numbers = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, k) => 10_000 * (writer + 1) + 10 * i + k)
    const envelopes = numbers.map((n) => host.envelope(device, { name: 'contact/log', args: logArgs(n, random() < 0.1 ? 99 : 1) }))
    const answer = await host.pushRaw(device, envelopes)
    if (!answer.ok) throw new Error(answer.error.code)
    if (random() < 0.2) expect(await host.pushRaw(device, envelopes)).toEqual(answer)
    accepted.push(...answer.value.outcomes.flatMap((o, k) => (o.status === 'applied' ? [idOf('entry', numbers[k] ?? 0)] : [])))
    await sleep(Math.floor(random() * 3))
  }
  return accepted
}

test.each([1, 2, 3])('[H1] a polling reader misses no row of many writers (seed %i)', async (seed) => {
  const random = seededRandom(seed)
  const reader = await host.device(advisorId)
  let { cursor } = await host.pull(reader)
  const seen = new Map<string, number>()
  const takePage = async (): Promise<boolean> => {
    const page = await host.pull(reader, { cursor })
    expect(page.cursor).toBeGreaterThanOrEqual(cursor)
    for (const { id, seq } of page.rows) {
      expect(seq).toBeGreaterThan(seen.get(id) ?? 0)
      seen.set(id, seq)
    }
    cursor = page.cursor
    return page.hasMore
  }
  let isWriting = true
  const reading = (async () => {
    while (isWriting) await takePage()
    while (await takePage());
  })()
  const devices = await Promise.all(Array.from({ length: WRITERS }, () => host.device(advisorId)))
  const accepted = (await Promise.all(devices.map((device, i) => write(device, i, random)))).flat()
  isWriting = false
  await reading
  await takePage()
  expect([...seen.keys()].toSorted()).toEqual(accepted.toSorted())
  expect(new Set(seen.values()).size).toBe(seen.size)
  expect(await verifyChain(host.db)).toBeNull()
})
