import { world } from './globals.ts'
import type { Process } from './scheduler.ts'

export { v4, v5 } from 'uuid' // made from their arguments, or from the patched source of chance

const counters = new WeakMap<Process, { ms: number; count: number }>()

/** UUIDv7 of the process that runs: its clock, then a counter, then seeded chance. Stands in for the package, whose state outlives a seed. */
export function v7(): string {
  const { current } = world.scheduler
  const known = counters.get(current) ?? { ms: 0, count: 0 }
  const nowMs = Math.max(world.scheduler.wallMs(), known.ms)
  const count = nowMs === known.ms ? known.count + 1 : 0
  counters.set(current, { ms: nowMs, count })
  const time = nowMs.toString(16).padStart(12, '0')
  const tail = Math.floor(world.random.next() * 0xffff_ffff_ffff)
    .toString(16)
    .padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${(count & 0xfff).toString(16).padStart(3, '0')}-8000-${tail}`
}
