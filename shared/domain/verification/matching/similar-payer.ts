import { foldText } from '../../../lib/fold-text.ts'

/** Legal forms, titles and joining words: they come and go in names and say nothing about who paid. */
const NOISE: ReadonlySet<string> = new Set(
  (
    'ag gmbh mbh kg kgaa ohg ug se sa sarl sas nv bv ltd limited llp llc plc inc corp co kft zrt nyrt bt kkt ' + 'mr mrs ms dr prof herr frau hr fr ifj id dipl ing und and es et u'
  ).split(' '),
)

/** The first of the claim's names that the bank's payer name resembles; null = none. */
export function findSimilarPayer(names: readonly string[], payer: string | null): string | null {
  if (payer === null) return null
  const found = nameWords(payer)
  return names.find((name) => isSimilar(nameWords(name), found)) ?? null
}

/** 'Müller' and 'Mueller' give the same word; legal forms and titles go. */
function nameWords(name: string): readonly string[] {
  const words = foldText(name.slice(0, 200).replace(/([aou])e/gi, '$1')).split(/[^\p{L}\p{N}]+/u)
  return [...new Set(words.filter((word) => word !== '' && !NOISE.has(word)))].slice(0, 12)
}

/**
 * Every word of the shorter name has its own counterpart in the longer one, two of at least three will do. One word
 * alone resembles only the same single word: a family name is not a person.
 */
function isSimilar(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length === 0) return false
  if (short.length === 1) return long.length === 1 && isSameWord(short[0] ?? '', long[0] ?? '') && (short[0] ?? '').length > 2
  const rest = [...long]
  let same = 0
  let full = 0
  for (const word of short) {
    const at = rest.findIndex((other) => isSameWord(word, other) || isInitial(word, other))
    if (at === -1) continue
    if (word.length > 1 && (rest[at] ?? '').length > 1) full++
    rest.splice(at, 1)
    same++
  }
  return full > 0 && same * 3 >= short.length * 2 && same >= 2
}

const isInitial = (a: string, b: string): boolean => (a.length === 1 || b.length === 1) && a[0] === b[0]

/** Equal, or from five letters on one letter apart. */
function isSameWord(a: string, b: string): boolean {
  if (a === b) return true
  if (a.length < 5 || b.length < 5 || Math.abs(a.length - b.length) > 1 || /\d/.test(a + b)) return false
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  return a.slice(i + 1) === b.slice(i + 1) || a.slice(i) === b.slice(i + 1) || a.slice(i + 1) === b.slice(i)
}
