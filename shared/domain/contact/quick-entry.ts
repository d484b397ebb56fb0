import { foldText } from '../../lib/fold-text.ts'
import type { LocalDate } from '../../lib/local-date.ts'
import { type Language, type ParsedAmount, parseAmount } from '../../lib/parse-amount.ts'
import { parseDay } from '../../lib/parse-day.ts'
import type { OutcomeClaim } from '../outcome/outcome-claim.ts'
import type { ContactStatement } from './contact-entry.ts'
import { amountPattern, channelWords, fillerWords, followUpWords, inboundWords, isHours, lengthPattern, notReachedWords, outcomeWords } from './quick-entry-words.ts'

/** What one typed line says about a contact; a field is missing where the line does not say it. Nothing is guessed. */
export interface QuickEntry {
  readonly householdId?: string
  readonly householdWords?: string // what several households are called; which one is for the person to say
  readonly channel?: ContactStatement['channel']
  readonly direction?: ContactStatement['direction']
  readonly isReached?: false
  readonly lengthMinutes?: number
  readonly outcome?: { readonly kind: OutcomeClaim['kind']; readonly expectedOn?: LocalDate } & ParsedAmount
  readonly followUpOn?: LocalDate
  readonly rest: readonly string[] // words that were not understood, as typed
}

export interface QuickContext {
  readonly todayOn: LocalDate
  readonly language: Language
  readonly currency: string // where an amount names none
  /** Households that may be meant, the likeliest first, each with the names by which it is known. */
  readonly households: readonly { readonly id: string; readonly names: readonly string[] }[]
}

const DAY_BEFORE_END = 5 // words; a day phrase is never longer ('on the 15th of December')

/** The longest run of words that names a day to come, and the words around it. A bare number is no day. */
function takeDay(text: string, context: QuickContext): { readonly on: LocalDate | undefined; readonly rest: string } {
  const tokens = text.split(' ').filter(Boolean)
  for (let length = Math.min(DAY_BEFORE_END, tokens.length); length > 0; length--) {
    for (let start = 0; start + length <= tokens.length; start++) {
      const phrase = tokens
        .slice(start, start + length)
        .join(' ')
        .replace(/-(?:ig|an|en)$/, '')
      const on = /^[\d.,]+$/.test(phrase) && !/\d[.]\d/.test(phrase) ? null : parseDay(phrase, context.todayOn, context.language, 'ahead')
      if (on !== null) return { on, rest: [...tokens.slice(0, start), ...tokens.slice(start + length)].join(' ') }
    }
  }
  return { on: undefined, rest: text }
}

function findAmount(clause: string, context: QuickContext): { readonly text: string; readonly amount: ParsedAmount } | undefined {
  for (const [text] of clause.matchAll(amountPattern)) {
    if (!/[\p{L}€$£]/u.test(text) && !/\d{4}/.test(text.replace(/\D/g, ''))) continue
    const amount = parseAmount(
      text.trim().replace(/-?[aoe]?t$/, (ending) => (/ft$/.test(text) ? ending : '')),
      context.currency,
      context.language,
    )
    if (amount) return { text, amount }
  }
  return undefined
}

const hasWord = (folded: readonly string[], word: string): boolean => folded.some((f) => f === word || (word.length > 3 && f.startsWith(word) && f.length - word.length <= 4))

/** The household whose name has most words in the line; undefined where none has. A null id: two equally good ones differ. */
function findHousehold(text: string, households: QuickContext['households']): { readonly id: string | null; readonly words: readonly string[] } | undefined {
  const typed = text.split(/[ ,]+/).filter((w) => w.length > 1 && !fillerWords.test(w))
  const scored = households
    .map(({ id, names }) => {
      const hits = names.map((name) =>
        foldText(name)
          .split(/[^\p{L}\d]+/u)
          .filter((w) => w.length > 1 && !fillerWords.test(w) && hasWord(typed, w)),
      )
      return { id, words: hits.reduce<readonly string[]>((best, h) => (h.length > best.length ? h : best), []) }
    })
    .filter((h) => h.words.length > 0)
    .toSorted((a, b) => b.words.length - a.words.length)
  const [best, second] = scored
  return best && second && best.words.length === second.words.length ? { id: null, words: best.words } : best
}

type Found = { -readonly [K in keyof QuickEntry]: QuickEntry[K] }

/** Reads one clause; gives back what is left of it. */
function readClause(clause: string, context: QuickContext, found: Found): string {
  let text = clause
  const take = (pattern: RegExp): boolean => {
    const isThere = pattern.test(text)
    text = text.replace(pattern, ' ').replace(/\s+/g, ' ').trim()
    return isThere
  }
  if (take(followUpWords)) {
    const day = takeDay(text, context)
    if (day.on !== undefined) found.followUpOn = day.on
    return day.rest
  }
  const length = lengthPattern.exec(text)
  if (length && take(lengthPattern)) found.lengthMinutes = Number(length[1]) * (isHours(length[2] ?? '') ? 60 : 1)
  const kind = outcomeWords.find(([pattern]) => pattern.test(text))
  const amount = kind ? findAmount(text, context) : undefined
  if (kind && amount) {
    take(kind[0])
    const day = takeDay(text.replace(amount.text, ' ').replace(/\s+/g, ' ').trim(), context)
    found.outcome = { kind: kind[1], ...amount.amount, ...(day.on === undefined ? {} : { expectedOn: day.on }) }
    text = day.rest
  }
  if (take(notReachedWords)) found.isReached = false
  if (inboundWords.test(text)) found.direction = 'inbound'
  for (const [pattern, channel] of channelWords) if (take(pattern)) found.channel ??= channel
  take(inboundWords)
  return text
}

/**
 * Understands a line such as `call Nagy 25min pledged 2M EUR by 15 Dec, follow up in 2 weeks`, in English, German or
 * Hungarian. What it gives back is shown as filled fields before anything is saved.
 */
export function parseQuickEntry(line: string, context: QuickContext): QuickEntry {
  const found: Found = { rest: [] }
  const clauses = foldText(line).split(/[,;](?= |$)|(?<=\p{L}) (?=follow[- ]?up )/u)
  const left = clauses.map((clause) => readClause(clause.trim(), context, found)).join(' ')
  const household = findHousehold(left, context.households)
  if (household) Object.assign(found, household.id === null ? { householdWords: household.words.join(' ') } : { householdId: household.id })
  const isKnown = (word: string) => fillerWords.test(word) || (household?.words.some((w) => word.startsWith(w)) ?? false)
  found.rest = left.split(/[ ,.]+/).filter((word) => word !== '' && !isKnown(word))
  return found
}
