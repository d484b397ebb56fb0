/** A small generator of chance that can be repeated: the same seed gives the same numbers on every machine. */
export interface Chance {
  /** Whole number from 0 to below `below`. */
  int(below: number): number
  pick<T>(from: readonly T[]): T
}

/** Mulberry32: 32 bits of state, enough to walk through attacks, of no use for secrets. */
export function seeded(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const int = (below: number) => next() % below
  return { int, pick: (from) => from[int(from.length)] as (typeof from)[number] }
}
