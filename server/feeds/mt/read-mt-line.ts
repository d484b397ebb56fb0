import { parseDecimalToMinor } from '../../../shared/lib/money.ts'
import { dayOfMmddNear, dayOfYymmdd } from '../calendar-day.ts'
import { type FeedProblems, noteMalformed } from '../feed-error.ts'
import { plainText, realReference } from '../plain-text.ts'
import type { StatementLine } from '../statement-file.ts'
import { headOf, type MtField } from './mt-fields.ts'
import { readMtDetails } from './read-mt-details.ts'

/**
 * `:61:` value date, entry date (MMDD), mark, third letter of the currency, amount, transaction type, references.
 * Mark: C and D; RC takes a credit back (a debit), RD a debit (a credit); EC and ED are only expected.
 * No digit or separator may follow the amount, or '1.50' would be read as 1.
 */
const LINE = /^(\d{6})(\d{4})?(R[CD]|E[CD]|C|D)([A-Z])?(\d{1,15}(?:,\d{0,5})?|,\d{1,5})(?![\d.,])([SNF][A-Z0-9]{3})?(.*)$/

/** The standard has one extra line under `:61:`, banks send up to two. */
const MAX_EXTRA_LINES = 4

/** One `:61:` with the `:86:` that follows it (null: none). */
export function readMtLine(field: MtField, details: MtField | null, currency: string, problems: FeedProblems): Omit<StatementLine, 'lineNo'> | null {
  const where = `line ${field.atLine} :61:`
  const match = LINE.exec(headOf(field))
  if (!match) {
    noteMalformed(problems, where, 'not a statement line')
    return null
  }
  const [, valueText = '', entryText, mark = 'C', , amountText = '', type, references = ''] = match
  const amount = parseDecimalToMinor(amountText, currency)
  if (!amount.ok) noteMalformed(problems, where, amount.error.code)
  const days = readDays(valueText, entryText)
  if (days === null) noteMalformed(problems, where, 'not a calendar day')
  return {
    amountMinor: amount.ok ? amount.value : 0,
    currency,
    ...readMark(mark),
    bookedOn: days?.bookedOn ?? null,
    valueOn: days?.valueOn ?? null,
    ...readTexts(field, details, references, type ?? null),
  }
}

/** The entry date is optional; without one the booking carries its value date. */
function readDays(valueText: string, entryText: string | undefined): { valueOn: string; bookedOn: string } | null {
  const valueOn = dayOfYymmdd(valueText)
  if (valueOn === null) return null
  const bookedOn = entryText === undefined ? valueOn : dayOfMmddNear(entryText, valueOn)
  return bookedOn === null ? null : { valueOn, bookedOn }
}

function readMark(mark: string): Pick<StatementLine, 'direction' | 'status' | 'isReversal'> {
  const isReversal = mark.startsWith('R')
  const isCredit = mark.endsWith('C') !== isReversal
  return { direction: isCredit ? 'credit' : 'debit', status: mark.startsWith('E') ? 'pending' : 'booked', isReversal }
}

type LineTexts = Pick<StatementLine, 'reference' | 'endToEndId' | 'counterpartyName' | 'counterpartyIban' | 'remittance' | 'bankCode'>

/** Texts of `:86:`, then what `:61:` itself carries: the account owner's reference and a second line. */
function readTexts(field: MtField, details: MtField | null, references: string, type: string | null): LineTexts {
  const { transactionCode, ...texts } = readMtDetails(details?.lines ?? [])
  const split = references.indexOf('//')
  const ownerReference = realReference(split === -1 ? references : references.slice(0, split))
  const extra = [...(ownerReference !== null && isReference(ownerReference) ? [ownerReference] : []), ...field.lines.slice(1, 1 + MAX_EXTRA_LINES)]
  return {
    ...texts,
    reference: split === -1 ? null : realReference(references.slice(split + 2)),
    remittance: extra.map(plainText).reduce((all, text) => (all.includes(text) ? all : `${all} ${text}`.trim()), texts.remittance),
    bankCode: [type, transactionCode].filter((part) => part !== null).join('+') || null,
  }
}

/** Not a fill word such as 'N' or a pointer into `:86:` such as 'KREF+'. */
const isReference = (text: string): boolean => text.length > 1 && !text.endsWith('+')
