import { parseDecimalToMinor } from '../../../shared/lib/money.ts'
import { dayOfIso } from '../calendar-day.ts'
import { type FeedProblems, noteMalformed } from '../feed-error.ts'
import type { LineDirection } from '../statement-file.ts'
import { findAt, findText, textOf, type XmlNode } from './xml-tree.ts'

export interface CamtAmount {
  readonly minor: number
  readonly currency: string
}

/** An unsigned amount with its `Ccy`. Notes a problem and returns null where it is missing or not a plain decimal. */
export function readAmount(node: XmlNode | undefined, where: string, problems: FeedProblems): CamtAmount | null {
  const text = textOf(node)
  const currency = findText(node, '@Ccy')
  if (text === null || currency === null || !/^[A-Z]{3}$/.test(currency)) {
    noteMalformed(problems, where, 'amount or currency missing')
    return null
  }
  const minor = /^\+?(?:\d{1,18}\.?\d{0,17}|\.\d{1,17})$/.test(text) ? parseDecimalToMinor(text, currency) : null
  if (minor?.ok) return { minor: minor.value, currency }
  noteMalformed(problems, where, minor === null ? 'amount is not a plain decimal' : minor.error.code)
  return null
}

/** `CdtDbtInd`; where it is missing or unknown, a problem is noted. */
export function readDirection(node: XmlNode | undefined, where: string, problems: FeedProblems): LineDirection {
  const text = findText(node, 'CdtDbtInd')
  if (text !== 'CRDT' && text !== 'DBIT') noteMalformed(problems, `${where}/CdtDbtInd`, 'neither CRDT nor DBIT')
  return text === 'DBIT' ? 'debit' : 'credit'
}

/** Day of a `Dt` or `DtTm` choice; null = not given. */
export function readDay(node: XmlNode | undefined, where: string, problems: FeedProblems): string | null {
  const text = findText(node, 'Dt', 'DtTm') ?? textOf(node)
  if (text === null) return null
  const day = dayOfIso(text)
  if (day === null) noteMalformed(problems, where, 'not a calendar day')
  return day
}

/** 'PMNT/RCDT/ESCT', else the bank's own code, else null. */
export function readBankCode(node: XmlNode | undefined): string | null {
  const domain = findText(node, 'BkTxCd/Domn/Cd')
  if (domain === null) return findText(node, 'BkTxCd/Prtry/Cd')
  const family = findAt(node, 'BkTxCd/Domn/Fmly')
  return [domain, findText(family, 'Cd'), findText(family, 'SubFmlyCd')].filter((part) => part !== null).join('/')
}
