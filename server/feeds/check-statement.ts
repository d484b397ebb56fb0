import type { Statement } from './statement-file.ts'

/** Why a statement is set aside whole instead of imported. */
export type QuarantineReason =
  | { readonly code: 'feed/no-account' }
  | { readonly code: 'feed/statement-seen-before'; readonly statementId: string }
  | { readonly code: 'feed/sequence-gap'; readonly expected: number; readonly found: number }
  | { readonly code: 'feed/opening-mismatch'; readonly expectedMinor: number; readonly openingMinor: number; readonly currency: string }
  | { readonly code: 'feed/balance-missing' }
  | { readonly code: 'feed/balance-currency'; readonly expected: string; readonly found: string }
  | {
      readonly code: 'feed/balance-mismatch'
      readonly openingMinor: number
      readonly linesMinor: number
      readonly closingMinor: number
      readonly currency: string
    }
  | { readonly code: 'feed/line-currency'; readonly lineNo: number }
  | { readonly code: 'feed/no-booking-date'; readonly lineNo: number }

/**
 * What was imported before for an account, in the same format: the numbers of a camt.054 and of a camt.053 run apart.
 * `account` is the IBAN, or the bank's other account number.
 */
export interface KnownStatements {
  hasStatement(account: string, statementId: string): boolean
  /** Number of the newest imported statement; null = none or not counted. */
  lastSequence(account: string): number | null
  /** Its closing balance in signed minor units; null = none. */
  lastClosingMinor(account: string): number | null
}

/**
 * Everything that speaks against importing this statement; empty = import it whole. A bank's own mark "copy" or
 * "duplicate" does not: whether it was imported before is known, and the original may never have arrived.
 */
export function checkStatement(statement: Statement, known: KnownStatements): readonly QuarantineReason[] {
  const account = statement.iban ?? statement.otherAccount
  if (account === null) return [{ code: 'feed/no-account' }, ...contentReasons(statement)]
  if (known.hasStatement(account, statement.statementId)) {
    return [{ code: 'feed/statement-seen-before', statementId: statement.statementId }] // importing again changes nothing
  }
  return [...orderReasons(statement, known.lastSequence(account), known.lastClosingMinor(account)), ...contentReasons(statement)]
}

const contentReasons = (statement: Statement): readonly QuarantineReason[] => [...balanceReasons(statement), ...lineReasons(statement)]

/**
 * Follows the statement imported last? Numbers go up by one and may start again at 1 (a new year); a further page of
 * a long statement repeats its number. Both exceptions must continue the last closing balance.
 */
function orderReasons(statement: Statement, last: number | null, lastClosingMinor: number | null): readonly QuarantineReason[] {
  const { sequenceNumber: found, openingMinor, currency } = statement
  const isContinued = openingMinor === null || lastClosingMinor === null || openingMinor === lastClosingMinor
  if (last !== null && found !== null && found !== last + 1) {
    const isException = found === 1 ? isContinued : found === last && isContinued && openingMinor !== null
    if (!isException) return [{ code: 'feed/sequence-gap', expected: last + 1, found }]
  }
  if (isContinued || openingMinor === null || lastClosingMinor === null) return []
  return [{ code: 'feed/opening-mismatch', expectedMinor: lastClosingMinor, openingMinor, currency }]
}

/** Opening + booked lines = closing. Notifications and intraday reports need no balances, statements do. */
function balanceReasons(statement: Statement): readonly QuarantineReason[] {
  const { openingMinor, closingMinor, currency } = statement
  const foreign = [statement.openingCurrency, statement.closingCurrency].find((found) => found !== null && found !== currency)
  if (foreign !== undefined && foreign !== null) return [{ code: 'feed/balance-currency', expected: currency, found: foreign }]
  if (openingMinor === null || closingMinor === null) {
    const isFinal = statement.format === 'camt.053' || statement.format === 'mt940'
    return isFinal ? [{ code: 'feed/balance-missing' }] : []
  }
  const linesMinor = bookedMinor(statement)
  if (openingMinor + linesMinor === closingMinor) return []
  return [{ code: 'feed/balance-mismatch', openingMinor, linesMinor, closingMinor, currency }]
}

/** Sum of the booked lines, signed; exact however large. A reversal's direction already is its effect on the account. */
function bookedMinor(statement: Statement): number {
  const signed = statement.lines.filter((line) => line.status === 'booked').map((line) => BigInt(line.direction === 'credit' ? line.amountMinor : -line.amountMinor))
  return Number(signed.reduce((sum, minor) => sum + minor, 0n))
}

function lineReasons(statement: Statement): readonly QuarantineReason[] {
  return statement.lines.flatMap((line) => {
    const reasons: QuarantineReason[] = []
    if (line.currency !== statement.currency) reasons.push({ code: 'feed/line-currency', lineNo: line.lineNo })
    if (line.status === 'booked' && line.bookedOn === null) reasons.push({ code: 'feed/no-booking-date', lineNo: line.lineNo })
    return reasons
  })
}
