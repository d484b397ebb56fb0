import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { TestDoor } from '../../../renderer/app/test-door.ts'
import type { Db } from '../../../server/db/open-database.ts'
import type { RapportApp } from '../../support/rapport-app.ts'
import { openApp, SUPERVISOR, signInAndPull } from '../electron/bench-app.ts'
import { logCall } from '../firm/log-call.ts'
import { type BenchFirm, openFirm } from '../firm/open-firm.ts'
import { makeRandom } from '../firm/random.ts'
import type { BenchContext, Figure } from '../harness/bench.ts'
import { startBenchServer } from '../harness/bench-server.ts'
import { listenToHeads } from '../harness/event-listener.ts'
import { hopLines, type Leg, type Noted, readHops, readServerHops, type Trip, watchHops } from '../harness/hops.ts'
import { median, quantile, timesMs } from '../harness/measure.ts'

const EDITS = 300
/** Nobody gives the next edit in the millisecond in which somebody else sees the last one. */
const PAUSE_MS = 100
const FLOOR_TIMES = 60

type DoorWorld = typeof globalThis & { benchDoor?: TestDoor; rapportTestDoor?: (door: TestDoor) => void; benchSeen?: (id: string) => Promise<number> }

/** Two laptops in real Electron: an advisor logs a contact on the one, their supervisor's screen has it on the other. */
export async function run(context: BenchContext): Promise<readonly Figure[]> {
  const firm = await openFirm(context, 10_000)
  const hopFile = join(context.folder, 'server.hops')
  const serverHops = fileURLToPath(new URL('../harness/server-hops.ts', import.meta.url))
  const { url } = await startBenchServer(context, firm, { env: { RAPPORT_HOP_FILE: hopFile }, nodeArgs: ['--import', serverHops] })
  const writer = await openLaptop(context, url, 'writer', 'advisor.0@bench.example')
  const reader = await openLaptop(context, url, 'reader', SUPERVISOR)
  await watchReader(reader)
  for (const laptop of [writer, reader]) await watchHops(laptop)
  const edits = new Edits(writer, reader, firm.plan)
  const count = Math.round(EDITS * context.scale)
  const trips = await edits.make(count, PAUSE_MS)
  const hurried = await edits.make(count, 0)
  await sleep(500) // the server writes its hops a little later
  const legs = await legsOf(writer, reader, hopFile)
  for (const line of hopLines(legs, trips)) context.say(line)
  context.say('each given the moment the one before is seen:')
  for (const line of hopLines(legs, hurried)) context.say(line)
  const floor = await floorOf(firm.db, reader)
  context.say(`the floor: insert ${floor.insertMs.toFixed(1)} ms, event ${floor.eventMs.toFixed(1)} ms, put ${floor.putMs.toFixed(1)} ms`)
  const value = floor.insertMs + floor.eventMs + floor.putMs
  const limit = { what: 'one insert, one event, one put', value }
  return [
    { what: 'logged on one laptop, seen on another, half of them', value: median(durationsOf(trips)), unit: 'ms', limit, goal: { most: 2 } },
    { what: 'the same, 95 of 100', value: quantile(durationsOf(trips), 0.95), unit: 'ms', limit },
    { what: 'each given the moment the one before is seen, half of them', value: median(durationsOf(hurried)), unit: 'ms', limit },
    { what: 'the same, 95 of 100', value: quantile(durationsOf(hurried), 0.95), unit: 'ms', limit },
  ]
}

const durationsOf = (trips: readonly Trip[]): number[] => trips.map(({ begunMs, seenMs }) => seenMs - begunMs)

/** What the advisor does, one edit after the other. */
class Edits {
  readonly #writer: RapportApp
  readonly #reader: RapportApp
  readonly #plan: BenchFirm['plan']
  readonly #random = makeRandom('live')
  #count = 0

  constructor(writer: RapportApp, reader: RapportApp, plan: BenchFirm['plan']) {
    this.#writer = writer
    this.#reader = reader
    this.#plan = plan
  }

  /** @param pauseMs from the moment the one before was seen until the next is given: this long to twice as long */
  async make(count: number, pauseMs: number): Promise<readonly Trip[]> {
    const trips: Trip[] = []
    for (let i = 0; i < count; i++) {
      if (pauseMs > 0) await sleep(pauseMs + this.#random.int(pauseMs))
      trips.push(await this.#one())
    }
    return trips
  }

  async #one(): Promise<Trip> {
    const call = logCall(this.#random, this.#plan.household(this.#count++ % this.#plan.householdCount).households.id, this.#plan.advisorIds[0] ?? '')
    const { id } = call.args as { readonly id: string }
    const seen = this.#reader.page.evaluate((entryId) => (globalThis as DoorWorld).benchSeen?.(entryId), id)
    const begunMs = await this.#writer.page.evaluate(runCall, call)
    return { begunMs, seenMs: (await seen) ?? Number.NaN }
  }
}

async function openLaptop(context: BenchContext, url: string, name: string, email: string): Promise<RapportApp> {
  const app = await openApp(context, url, name)
  await app.page.evaluate(() => {
    const world = globalThis as DoorWorld
    world.rapportTestDoor = (door) => {
      world.benchDoor = door
    }
  })
  await signInAndPull(app, email)
  return app
}

/** The way from the one laptop to the other, hop by hop. */
async function legsOf(writer: RapportApp, reader: RapportApp, hopFile: string): Promise<readonly Leg[]> {
  const at = { writer: await readHops(writer), reader: await readHops(reader), server: readServerHops(hopFile) }
  const legs = (by: string, noted: Noted, hops: readonly string[]): Leg[] => hops.map((hop) => ({ by, hop, at: noted }))
  return [
    ...legs('writer page', at.writer.page, ['renderer.save.begun']),
    ...legs('writer main', at.writer.main, ['main.append.asked', 'main.journal.before-write', 'main.journal.synced', 'main.append.answering']),
    ...legs('writer page', at.writer.page, ['renderer.save.journalled']), // IndexedDB has it as well
    ...legs('writer main', at.writer.main, ['main.append.decided', 'main.push.before-send']),
    ...legs('server', at.server, ['server.request:/v1/sync/push', 'server.push.received', 'server.push.prepared', 'server.push.head-taken', 'server.push.order-checked']),
    ...legs('server', at.server, ['server.push.rows-written', 'server.push.before-commit', 'server.push.committed', 'server.head.heard', 'server.page.read', 'server.stream.told']),
    ...legs('reader main', at.reader.main, ['main.page.heard', 'main.page.sent']),
  ]
}

/** Runs in the writer's page. @returns when it began, in ms since 1970 */
async function runCall(call: { readonly name: string; readonly args: object }): Promise<number> {
  const door = (globalThis as DoorWorld).benchDoor
  const atMs = performance.timeOrigin + performance.now()
  const result = await door?.run({ ...call, version: 1 })
  if (!result?.ok) throw new Error(`refused: ${result?.error.code}`)
  return atMs
}

/** In the reader's page: `benchSeen(id)` resolves with the moment at which screens can show the entry. */
async function watchReader({ page }: RapportApp): Promise<void> {
  await page.evaluate(() => {
    const world = globalThis as DoorWorld
    world.benchSeen = (id) =>
      new Promise((resolve) => {
        const replica = world.benchDoor?.session.replica
        const look = () => {
          if (!replica?.find('contactEntries', id)) return
          stop?.()
          resolve(performance.timeOrigin + performance.now())
        }
        const stop = replica?.subscribe(look)
        look()
      })
  })
}

/** What cannot be left out: a committed row, a word to the other laptop, a row on its disk. Each alone, on this machine. */
async function floorOf(db: Db, reader: RapportApp): Promise<{ readonly insertMs: number; readonly eventMs: number; readonly putMs: number }> {
  const insertMs = median(
    await timesMs(FLOOR_TIMES, (i) =>
      db
        .insertInto('attempt')
        .values({ key: `floor ${i}`, since_ms: 0, count: 1 })
        .execute(),
    ),
  )
  const putMs = median(await reader.page.evaluate(putMany, FLOOR_TIMES))
  return { insertMs, eventMs: await eventMs(), putMs }
}

/** Runs in the reader's page: one strict transaction a row, as the replica's are. */
async function putMany(times: number): Promise<number[]> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('bench-floor', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('rows')
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const durations: number[] = []
  for (let i = 0; i < times; i++) {
    const startedMs = performance.now()
    await new Promise((resolve, reject) => {
      const transaction = db.transaction('rows', 'readwrite', { durability: 'strict' })
      transaction.objectStore('rows').put(new Uint8Array(1_024), i)
      transaction.oncomplete = resolve
      transaction.onerror = reject
    })
    durations.push(performance.now() - startedMs)
  }
  return durations
}

async function eventMs(): Promise<number> {
  const streams: { write(text: string): unknown }[] = []
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    streams.push(response)
    response.write('event: changed\ndata: {"head":0}\n\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  let hear: () => void = () => undefined
  const stream = listenToHeads(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'floor', () => hear())
  await stream.opened
  const durations = await timesMs(FLOOR_TIMES, (i) => {
    const heard = new Promise<void>((resolve) => {
      hear = resolve
    })
    streams[0]?.write(`event: changed\ndata: {"head":${i + 10}}\n\n`)
    return heard
  })
  stream.close()
  server.close()
  return median(durations)
}
