import { type FeedProblems, noteMalformed } from '../feed-error.ts'
import { realReference } from '../plain-text.ts'
import type { LineDirection, LineStatus, StatementLine } from '../statement-file.ts'
import { type CamtAmount, readAmount, readBankCode, readDay, readDirection } from './camt-fields.ts'
import { type CamtDetails, type DetailsContext, readDetails } from './camt-parties.ts'
import { childrenOf, findAt, findText, type XmlNode } from './xml-tree.ts'

export type LineDraft = Omit<StatementLine, 'lineNo'>

/** What all lines of an entry share. */
type EntryHead = Pick<LineDraft, 'status' | 'isReversal' | 'bookedOn' | 'valueOn' | 'reference' | 'bankCode'> & {
  readonly amount: CamtAmount
  readonly direction: LineDirection
}

/**
 * Lines of one `Ntry`: one per transaction where a batch gives each its own amount and these add up to the entry,
 * else one for the whole entry.
 */
export function readEntry(entry: XmlNode, ownIban: string | null, where: string, problems: FeedProblems): readonly LineDraft[] {
  const head = readHead(entry, where, problems)
  if (head === null) return []
  const transactions = childrenOf(entry, 'NtryDtls').flatMap((details) => childrenOf(details, 'TxDtls'))
  const amounts = transactions.length > 1 ? splitAmounts(transactions, head) : null
  if (amounts !== null) {
    return transactions.map((details, i) => splitLine(head, details, amounts[i] ?? 0, ownIban))
  }
  const line = toLine(head, wholeDetails(transactions, { ...head, ownIban }))
  const own = transactions.length === 1 ? transactions[0] : undefined
  return [
    {
      ...line,
      reference: head.reference ?? realReference(findText(own, 'Refs/AcctSvcrRef')),
      bankCode: readBankCode(own) ?? line.bankCode,
      isReversal: line.isReversal || (transactions.length > 0 && transactions.every(hasReturn)),
      remittance: line.remittance || (findText(entry, 'AddtlNtryInf') ?? ''),
    },
  ]
}

function readHead(entry: XmlNode, where: string, problems: FeedProblems): EntryHead | null {
  const amount = readAmount(findAt(entry, 'Amt'), `${where}/Amt`, problems)
  const direction = readDirection(entry, where, problems)
  const status = readStatus(entry, where, problems)
  const bookedOn = readDay(findAt(entry, 'BookgDt'), `${where}/BookgDt`, problems)
  const valueOn = readDay(findAt(entry, 'ValDt'), `${where}/ValDt`, problems)
  if (amount === null) return null
  return {
    amount,
    direction,
    status,
    bookedOn,
    valueOn,
    isReversal: isTrue(findText(entry, 'RvslInd')),
    reference: realReference(findText(entry, 'AcctSvcrRef')),
    bankCode: readBankCode(entry),
  }
}

const isTrue = (text: string | null): boolean => text === 'true' || text === '1'

/** R-transactions: many banks mark a returned payment only by its return information. */
const hasReturn = (details: XmlNode | undefined): boolean => findAt(details, 'RtrInf/Rsn') !== undefined

/** Plain text up to 001.06, a `Cd`/`Prtry` choice later. A bank's own status counts as information: never as money. */
function readStatus(entry: XmlNode, where: string, problems: FeedProblems): LineStatus {
  const text = findText(entry, 'Sts', 'Sts/Cd', 'Sts/Prtry')
  switch (text) {
    case 'BOOK':
      return 'booked'
    case 'PDNG':
    case 'FUTR':
      return 'pending'
    case null:
      noteMalformed(problems, `${where}/Sts`, 'status missing')
      return 'information'
    default:
      return 'information'
  }
}

/** Signed in the entry's direction: a detail booked the other way counts negative. null = does not add up. */
function splitAmounts(transactions: readonly XmlNode[], head: EntryHead): readonly number[] | null {
  const amounts: number[] = []
  for (const details of transactions) {
    const minor = detailMinor(details, head.amount.currency)
    if (minor === null) return null
    const own = findText(details, 'CdtDbtInd')
    const isOpposite = own !== null && (own === 'CRDT') !== (head.direction === 'credit')
    amounts.push(isOpposite ? -minor : minor)
  }
  return amounts.reduce((sum, minor) => sum + minor, 0) === head.amount.minor ? amounts : null
}

/** The detail's amount in the account's currency; null where no field gives one. Later versions have `Amt` itself. */
function detailMinor(details: XmlNode, currency: string): number | null {
  for (const path of ['Amt', 'AmtDtls/TxAmt/Amt', 'AmtDtls/InstdAmt/Amt']) {
    const node = findAt(details, path)
    const amount = node === undefined ? null : readAmount(node, path, { first: null })
    if (amount !== null && amount.currency === currency) return amount.minor
  }
  return null
}

function splitLine(head: EntryHead, details: XmlNode, signedMinor: number, ownIban: string | null): LineDraft {
  const opposite: LineDirection = head.direction === 'credit' ? 'debit' : 'credit'
  const direction = signedMinor < 0 ? opposite : head.direction
  const isReversal = head.isReversal || hasReturn(details)
  const line = toLine({ ...head, direction, isReversal }, readDetails(details, { direction, isReversal, ownIban }))
  return {
    ...line,
    amountMinor: Math.abs(signedMinor),
    reference: realReference(findText(details, 'Refs/AcctSvcrRef')) ?? head.reference,
    bankCode: readBankCode(details) ?? head.bankCode,
  }
}

/** Details for a line that stands for the whole entry: what all transactions agree on, and all their texts. */
function wholeDetails(transactions: readonly XmlNode[], context: DetailsContext): CamtDetails {
  const all = transactions.map((details) => readDetails(details, { ...context, isReversal: context.isReversal || hasReturn(details) }))
  const shared = (key: 'endToEndId' | 'counterpartyName' | 'counterpartyIban'): string | null => {
    const values = new Set(all.map((details) => details[key]))
    return values.size === 1 ? (all[0]?.[key] ?? null) : null
  }
  const texts = [...new Set(all.map((details) => details.remittance).filter((text) => text !== ''))]
  return {
    endToEndId: shared('endToEndId'),
    counterpartyName: shared('counterpartyName'),
    counterpartyIban: shared('counterpartyIban'),
    remittance: texts.join(' ').slice(0, 4_000),
  }
}

function toLine({ amount, ...head }: EntryHead, details: CamtDetails): LineDraft {
  return { ...head, ...details, amountMinor: amount.minor, currency: amount.currency }
}
