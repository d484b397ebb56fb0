import { parseDecimalToMinor } from '../../../shared/lib/money.ts'
import { dayOfYymmdd } from '../calendar-day.ts'
import { type FeedProblems, noteMalformed } from '../feed-error.ts'
import { findIban } from '../iban.ts'
import { plainTextOrNull } from '../plain-text.ts'
import type { Statement } from '../statement-file.ts'
import { headOf, type MtField } from './mt-fields.ts'
import { readMtLine } from './read-mt-line.ts'

export type MtLineDraft = Omit<Statement['lines'][number], 'lineNo'>
/** One message; `page` and the two marks let the pages of a long statement be joined. */
export interface MtPage {
  readonly statement: Omit<Statement, 'lines'> & { readonly lines: readonly MtLineDraft[] }
  readonly page: number | null
  readonly startsInside: boolean
  readonly endsInside: boolean
}

interface MtBalance {
  readonly minor: number
  readonly currency: string
  readonly on: string | null
}

/** One message from `:20:` on. MT940 must have both balances; MT942 has none. */
export function readMtPage(fields: readonly MtField[], format: 'mt940' | 'mt942', problems: FeedProblems): MtPage {
  const find = (...tags: readonly string[]): MtField | undefined => fields.find((field) => tags.includes(field.tag))
  const openingField = find('60F', '60M')
  const closingField = find('62F', '62M')
  const opening = readBalance(openingField, problems)
  const closing = readBalance(closingField, problems)
  if (format === 'mt940' && (opening === null || closing === null)) {
    noteMalformed(problems, `line ${fields[0]?.atLine ?? 1} :20:`, 'opening or closing balance missing')
  }
  const currency = opening?.currency ?? closing?.currency ?? /^([A-Z]{3})/.exec(textOf(find('34F')))?.[1] ?? 'XXX'
  const number = /^(\d{1,9})(?:\/(\d{1,9}))?/.exec(textOf(find('28C', '28')))
  return {
    page: number?.[2] === undefined ? null : Number(number[2]),
    startsInside: openingField?.tag === '60M',
    endsInside: closingField?.tag === '62M',
    statement: {
      format,
      ...readAccount(textOf(find('25', '25P'))),
      statementId: statementIdOf(fields, opening, closing),
      sequenceNumber: Number(number?.[1] ?? 0) || null,
      currency,
      openingMinor: opening?.minor ?? null,
      openingCurrency: opening?.currency ?? null,
      closingMinor: closing?.minor ?? null,
      closingCurrency: closing?.currency ?? null,
      openedOn: opening?.on ?? null,
      closedOn: closing?.on ?? null,
      isDuplicateCopy: false,
      lines: readLines(fields, currency, problems),
    },
  }
}

const textOf = (field: MtField | undefined): string => (field === undefined ? '' : headOf(field))

/**
 * Numbers restart each year and `:20:` may be new in every transmission, so the id is number and days;
 * MT942: number and time of the report (`:13D:`), else `:20:`.
 */
function statementIdOf(fields: readonly MtField[], opening: MtBalance | null, closing: MtBalance | null): string {
  const text = (...tags: readonly string[]): string => textOf(fields.find((field) => tags.includes(field.tag)))
  const days = opening?.on && closing?.on ? `${opening.on}/${closing.on}` : text('13D', '13') || text('20')
  return `${text('28C', '28') || '0'} ${days}`
}

/** IBAN, also with a currency or a bank code beside it; else the number as the bank writes it. */
function readAccount(text: string): Pick<Statement, 'iban' | 'otherAccount'> {
  const candidates = [text, text.replace(/[A-Z]{3}$/, ''), ...text.split('/'), ...text.split('/').map((part) => part.replace(/[A-Z]{3}$/, ''))]
  const iban = candidates.map(findIban).find((found) => found !== null) ?? null
  return { iban, otherAccount: iban === null ? plainTextOrNull(text) : null }
}

function readBalance(field: MtField | undefined, problems: FeedProblems): MtBalance | null {
  if (field === undefined) return null
  const where = `line ${field.atLine} :${field.tag}:`
  const match = /^([CD])(\d{6})([A-Z]{3})(\d{1,15}(?:,\d{0,5})?|,\d{1,5})$/.exec(headOf(field))
  const amount = parseDecimalToMinor(match?.[4] ?? '', match?.[3] ?? '')
  if (!match || !amount.ok) {
    noteMalformed(problems, where, 'not a balance')
    return null
  }
  const on = dayOfYymmdd(match[2] ?? '')
  if (on === null) noteMalformed(problems, where, 'not a calendar day')
  return { minor: match[1] === 'D' && amount.value !== 0 ? -amount.value : amount.value, currency: match[3] ?? '', on }
}

/** An `:86:` belongs to the `:61:` before it; the one after the closing balance belongs to the statement. */
function readLines(fields: readonly MtField[], currency: string, problems: FeedProblems): readonly MtLineDraft[] {
  return fields.flatMap((field, i) => {
    if (field.tag !== '61') return []
    const next = fields[i + 1]
    const line = readMtLine(field, next?.tag === '86' ? next : null, currency, problems)
    return line === null ? [] : [line]
  })
}
