import { v7 } from 'uuid'

/** Seeded generator: the same seed makes the same firm. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Whole number from `low` to `high`, both included. */
  int(low: number, high: number): number
  pick<T>(items: readonly T[]): T
  chance(probability: number): boolean
  /** UUIDv7 of that instant. */
  id(atMs: number): string
}

/** mulberry32 (public domain, Tommy Ettinger): small, fast, good enough for sample data. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    int,
    pick: (items) => items[int(0, items.length - 1)] as never,
    chance: (probability) => next() < probability,
    id: (atMs) => v7({ msecs: atMs, random: Uint8Array.from({ length: 16 }, () => int(0, 255)), seq: int(0, 0x7fff_ffff) }),
  }
}
