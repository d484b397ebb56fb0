import { readFileSync } from 'node:fs'
import type { RapportApp } from '../../support/rapport-app.ts'
import { median } from './measure.ts'

/** When a process passed each of its hops, in ms since 1970. */
export type Noted = readonly (readonly [name: string, atMs: number])[]

type HopWorld = typeof globalThis & { benchHops?: [string, number][]; rapportHop?: (name: string) => void; rapportFaultPoint?: (name: string) => void }

/** Runs in a page or in a main process. */
function keepHops(): void {
  const world = globalThis as HopWorld
  const noted: [string, number][] = []
  world.benchHops = noted
  world.rapportHop = (name) => void noted.push([name, performance.timeOrigin + performance.now()])
  world.rapportFaultPoint = world.rapportHop
}

/** From now on both processes of the app note their hops. */
export async function watchHops({ electron, page }: RapportApp): Promise<void> {
  await electron.evaluate(keepHops)
  await page.evaluate(keepHops)
}

export async function readHops({ electron, page }: RapportApp): Promise<{ readonly main: Noted; readonly page: Noted }> {
  const read = () => (globalThis as HopWorld).benchHops ?? []
  return { main: await electron.evaluate(read), page: await page.evaluate(read) }
}

export const readServerHops = (file: string): Noted =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [name, at] = line.split(' ')
      return name && at ? [[name, Number(at)] as const] : []
    })

export interface Leg {
  readonly by: string // the process
  readonly hop: string
  readonly at: Noted
}
export interface Trip {
  readonly begunMs: number
  readonly seenMs: number
}

/**
 * A line for each leg of the way: when it was passed after the beginning and how long it took, medians over all trips. Found
 * backwards from the end: of each hop the last time before the one that follows, because both laptops go on working meanwhile.
 */
export function hopLines(legs: readonly Leg[], trips: readonly Trip[]): string[] {
  const times = trips.map((trip) => timesOf(legs, trip))
  const lines = legs.map(({ by, hop }, i) => {
    const passed = times.flatMap((t) => (t[i] === undefined ? [] : [t[i] ?? 0]))
    const taken = times.flatMap((t) => (t[i] === undefined ? [] : [(t[i] ?? 0) - (t.slice(0, i).findLast((at) => at !== undefined) ?? 0)]))
    return `${by.padEnd(14)} ${hop.padEnd(28)} ${median(passed).toFixed(1).padStart(7)} ${`+${median(taken).toFixed(2)}`.padStart(8)}   in ${passed.length} of ${trips.length}`
  })
  return [
    ...lines,
    `${'reader'.padEnd(14)} ${'seen'.padEnd(28)} ${median(trips.map((t) => t.seenMs - t.begunMs))
      .toFixed(1)
      .padStart(7)} ${`+${median(trips.map((t, i) => t.seenMs - t.begunMs - (times[i]?.findLast((at) => at !== undefined) ?? 0))).toFixed(2)}`.padStart(8)}`,
  ]
}

/** Each hop's time after the beginning; undefined = not passed. */
function timesOf(legs: readonly Leg[], { begunMs, seenMs }: Trip): readonly (number | undefined)[] {
  let beforeMs = seenMs
  return legs
    .toReversed()
    .map(({ hop, at }) => {
      const found = at.findLast(([name, atMs]) => name === hop && atMs <= beforeMs && atMs >= begunMs)
      if (found) beforeMs = found[1]
      return found && found[1] - begunMs
    })
    .toReversed()
}
