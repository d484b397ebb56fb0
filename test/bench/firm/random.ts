/** Chance that is the same in every run, and words with the frequencies of a language: how well notes pack depends on them. */
export interface Random {
  /** 0 … below - 1 */
  readonly int: (below: number) => number
  readonly pick: <T>(items: readonly T[]) => T
  /** A UUID of version 7 at that time; without one, at a fixed day. */
  readonly id: (atMs?: number) => string
  readonly word: () => string
  readonly sentence: (words: number) => string
}

const FIXED_MS = Date.UTC(2022, 0, 1)
const SYLLABLES = 'an be cor de el fin ga her in jo kon la mer nö ost pen qua ris son ter ung ver wal xe zins gen schaft lich dep ot fond rat ein aus vor'.split(' ')
const WORD_COUNT = 2_000

/** xorshift32, seeded by a text (FNV-1a). */
function makeNext(seed: string): () => number {
  let state = 2_166_136_261
  for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 16_777_619)
  state ||= 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}

const words: readonly string[] = (() => {
  const next = makeNext('words')
  return Array.from({ length: WORD_COUNT }, () => Array.from({ length: 1 + (next() % 4) }, () => SYLLABLES[next() % SYLLABLES.length]).join(''))
})()

export function makeRandom(seed: string): Random {
  const next = makeNext(seed)
  for (let i = 0; i < 8; i++) next()
  const int = (below: number): number => next() % below
  // Zipf: the k-th word comes 1/k as often as the first.
  const word = (): string => words[Math.floor(WORD_COUNT ** (next() / 2 ** 32)) % WORD_COUNT] ?? ''
  const hex = (digits: number): string => next().toString(16).padStart(8, '0').slice(0, digits)
  const id = (atMs = FIXED_MS): string => {
    const time = atMs.toString(16).padStart(12, '0')
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${(8 + int(4)).toString(16)}${hex(3)}-${hex(8)}${hex(4)}`
  }
  const sentence = (count: number): string => {
    const text = Array.from({ length: count }, word).join(' ')
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
  }
  return { int, pick: (items) => items[int(items.length)] as never, id, word, sentence }
}
