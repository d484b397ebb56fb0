import { type FeedProblems, noteMalformed } from '../feed-error.ts'
import { findIban, normaliseIban } from '../iban.ts'
import type { FeedFormat, Statement } from '../statement-file.ts'
import { readAmount, readDay, readDirection } from './camt-fields.ts'
import { type LineDraft, readEntry } from './read-camt-entry.ts'
import { childrenOf, findAt, findText, type XmlNode } from './xml-tree.ts'

export type StatementDraft = Omit<Statement, 'lines'> & { readonly lines: readonly LineDraft[] }

interface Balance {
  readonly kind: string | null
  readonly minor: number
  readonly currency: string
  readonly on: string | null
}

/** One `Stmt`, `Rpt` or `Ntfctn`. */
export function readCamtStatement(node: XmlNode, format: FeedFormat, where: string, problems: FeedProblems): StatementDraft {
  const account = readAccount(node)
  const { opening, closing } = chooseBalances(readBalances(node, where, problems), format)
  const lines = childrenOf(node, 'Ntry').flatMap((entry, i) => readEntry(entry, account.iban, `${where}/Ntry[${i + 1}]`, problems))
  const statementId = findText(node, 'Id')
  if (statementId === null) noteMalformed(problems, `${where}/Id`, 'statement id missing')
  return {
    ...account,
    format,
    statementId: statementId ?? '',
    sequenceNumber: readSequence(node),
    currency: findText(node, 'Acct/Ccy') ?? opening?.currency ?? closing?.currency ?? lines[0]?.currency ?? 'XXX',
    openingMinor: opening?.minor ?? null,
    openingCurrency: opening?.currency ?? null,
    closingMinor: closing?.minor ?? null,
    closingCurrency: closing?.currency ?? null,
    openedOn: opening?.on ?? null,
    closedOn: closing?.on ?? null,
    isDuplicateCopy: ['DUPL', 'CODU'].includes(findText(node, 'CpyDplctInd') ?? ''),
    lines,
  }
}

/** Some banks put an IBAN into the field for other numbers. */
function readAccount(node: XmlNode): Pick<Statement, 'iban' | 'otherAccount'> {
  const other = findText(node, 'Acct/Id/Othr/Id')
  const given = findText(node, 'Acct/Id/IBAN')
  const iban = normaliseIban(given) ?? findIban(other)
  return { iban, otherAccount: iban === null ? (other ?? given) : null }
}

/** Zero means "not counted". */
function readSequence(node: XmlNode): number | null {
  const text = findText(node, 'ElctrncSeqNb', 'LglSeqNb') ?? ''
  const number = /^\d{1,15}$/.test(text) ? Number(text) : 0
  return number === 0 ? null : number
}

function readBalances(node: XmlNode, where: string, problems: FeedProblems): readonly Balance[] {
  return childrenOf(node, 'Bal').flatMap((balance, i) => {
    const at = `${where}/Bal[${i + 1}]`
    const amount = readAmount(findAt(balance, 'Amt'), `${at}/Amt`, problems)
    const direction = readDirection(balance, at, problems)
    if (amount === null) return []
    const minor = direction === 'debit' && amount.minor !== 0 ? -amount.minor : amount.minor
    const on = readDay(findAt(balance, 'Dt'), `${at}/Dt`, problems)
    return [{ kind: findText(balance, 'Tp/CdOrPrtry/Cd', 'Tp/Cd'), minor, currency: amount.currency, on }]
  })
}

/**
 * Booked balances: OPBD, or the previous closing (PRCD); CLBD. The pages of a long statement (camt.053) meet at
 * interim balances (ITBD); in an intraday report an interim balance closes nothing.
 */
function chooseBalances(balances: readonly Balance[], format: FeedFormat): { opening: Balance | undefined; closing: Balance | undefined } {
  const find = (kind: string): Balance | undefined => balances.find((balance) => balance.kind === kind)
  const interim = format === 'camt.053' ? balances.filter((balance) => balance.kind === 'ITBD') : []
  const opening = find('OPBD') ?? find('PRCD') ?? interim[0]
  const closing = find('CLBD') ?? interim.filter((balance) => balance !== opening).at(-1)
  return { opening, closing }
}
