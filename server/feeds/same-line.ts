/**
 * Recognises one booking that arrives twice: in a notification (camt.054, camt.052, MT942) and later in the statement
 * (camt.053, MT940), or the same day in both families. Its money is evidence the first time only.
 */
import { hash } from 'node:crypto'
import { foldText } from '../../shared/lib/fold-text.ts'
import type { FeedFormat, StatementLine } from './statement-file.ts'

type BookedLine = Pick<
  StatementLine,
  'reference' | 'endToEndId' | 'amountMinor' | 'currency' | 'direction' | 'bookedOn' | 'valueOn' | 'counterpartyName' | 'counterpartyIban' | 'remittance'
>

/** One line of a file that would be evidence, with what `lineFingerprints` gives for it. */
export interface FingerprintedLine {
  readonly lineNo: number
  readonly fingerprints: readonly string[]
}

/** How many bookings with a fingerprint were imported before, by the format that reported them. */
export type SeenCounts = ReadonlyMap<string, Readonly<Partial<Record<FeedFormat, number>>>>

/** What can name a booking, strongest first. */
const KINDS = ['bank', 'end-to-end', 'texts'] as const

/** Interim reports of one day repeat each other's lines; of the other formats, no two hold the same booking. */
const REPEATING: ReadonlySet<FeedFormat> = new Set(['camt.052', 'mt942'])

/**
 * What names this booking, strongest first: the bank's reference, the payer's end-to-end id, the texts. More than one,
 * because a format may leave out what another gives. Hashes: they may be kept without keeping the texts.
 * @param account IBAN, or the bank's other number of the account
 */
export function lineFingerprints(account: string, line: BookedLine): readonly string[] {
  const booking = [account, line.direction, line.amountMinor, line.currency, line.bookedOn ?? line.valueOn]
  const names: Readonly<Record<(typeof KINDS)[number], string>> = {
    bank: compact(line.reference ?? ''),
    'end-to-end': compact(line.endToEndId ?? ''),
    texts: compact(`${line.remittance} ${line.counterpartyIban ?? line.counterpartyName ?? ''}`),
  }
  const given = KINDS.filter((kind) => names[kind] !== '')
  const used = given.length > 0 ? given : (['texts'] as const) // a bare booking is named by account, amount and day
  return used.map((kind) => `${kind}:${hash('sha256', JSON.stringify([...booking, names[kind]]), 'base64url')}`)
}

/** Without blanks and signs: formats wrap lines and print references in groups. */
const compact = (text: string): string => foldText(text).replace(/[^\p{L}\p{N}]+/gu, '')

/**
 * Line numbers of a file's lines whose booking another report brought before. Each earlier booking accounts for one
 * line only: two equal bookings in one file stay two, and three after two notifications leave one.
 * @param lines of one file; lines that are no evidence anyway (pending, debits …) are left out by the caller
 */
export function findSeenElsewhere(format: FeedFormat, lines: readonly FingerprintedLine[], seen: SeenCounts): ReadonlySet<number> {
  const found = new Set<number>()
  const taken = new Map<string, number>() // bookings of other reports that a line of this file stands for
  for (const kind of KINDS) {
    for (const line of lines) {
      const fingerprint = line.fingerprints.find((each) => each.startsWith(`${kind}:`))
      if (fingerprint === undefined || found.has(line.lineNo)) continue
      if ((taken.get(fingerprint) ?? 0) >= countFree(format, seen.get(fingerprint))) continue
      found.add(line.lineNo)
      for (const each of line.fingerprints) taken.set(each, (taken.get(each) ?? 0) + 1)
    }
  }
  return found
}

/** Bookings that other reports brought and that this format's earlier files have not stood for yet. */
function countFree(format: FeedFormat, counts: Readonly<Partial<Record<FeedFormat, number>>> | undefined): number {
  if (counts === undefined) return 0
  const isRepeating = REPEATING.has(format)
  const reported = Object.entries(counts).map(([by, count]) => (by === format && !isRepeating ? 0 : count))
  return Math.max(0, ...reported) - (isRepeating ? 0 : (counts[format] ?? 0))
}

/**
 * The counts to keep once a file's lines are in, for the fingerprints that it changes. Lines found elsewhere count too:
 * this format has reported them now.
 */
export function countLines(format: FeedFormat, lines: readonly FingerprintedLine[], seen: SeenCounts): SeenCounts {
  const inFile = new Map<string, number>()
  for (const fingerprint of lines.flatMap((line) => line.fingerprints)) inFile.set(fingerprint, (inFile.get(fingerprint) ?? 0) + 1)
  return new Map(
    [...inFile].map(([fingerprint, count]) => {
      const counts = seen.get(fingerprint) ?? {}
      const before = counts[format] ?? 0
      return [fingerprint, { ...counts, [format]: REPEATING.has(format) ? Math.max(before, count) : before + count }]
    }),
  )
}
