/** What every feed reader returns: the bank's statements, read but not yet judged (see check-statement.ts). */

export type FeedFormat = 'camt.053' | 'camt.054' | 'camt.052' | 'mt940' | 'mt942'

export interface StatementFile {
  readonly format: FeedFormat
  /** The sender's id of the whole message; null where the format has none. */
  readonly messageId: string | null
  readonly statements: readonly Statement[]
}

/** One account's statement. Balances are signed minor units; null = the file gives none. */
export interface Statement {
  readonly format: FeedFormat
  /** Same account + same id = same statement, also when the bank sends it again. */
  readonly statementId: string
  /** The bank's running number of this account's statements; null where the bank does not count. */
  readonly sequenceNumber: number | null
  /** Upper case, no spaces; null where the account is named otherwise. */
  readonly iban: string | null
  readonly otherAccount: string | null
  /** ISO 4217; 'XXX' (no currency) where an empty notification names none. */
  readonly currency: string
  readonly openingMinor: number | null
  readonly openingCurrency: string | null
  readonly closingMinor: number | null
  readonly closingCurrency: string | null
  /** Days of the two balances, 'YYYY-MM-DD'. */
  readonly openedOn: string | null
  readonly closedOn: string | null
  /** The bank marks it as a repeat of one it sent before. */
  readonly isDuplicateCopy: boolean
  readonly lines: readonly StatementLine[]
}

export type LineDirection = 'credit' | 'debit'
export type LineStatus = 'booked' | 'pending' | 'information'

export interface StatementLine {
  /** 1-based, counted through the whole file. */
  readonly lineNo: number
  /** The bank's own reference of the booking. */
  readonly reference: string | null
  readonly endToEndId: string | null
  /** ≥ 0; `direction` carries the sign. */
  readonly amountMinor: number
  readonly currency: string
  /** The effect on this account, for a reversal too: a taken-back credit is a debit with `isReversal`. */
  readonly direction: LineDirection
  readonly status: LineStatus
  /** A reversal, or a payment that was returned. */
  readonly isReversal: boolean
  readonly bookedOn: string | null
  readonly valueOn: string | null
  readonly counterpartyName: string | null
  readonly counterpartyIban: string | null
  /** Everything the payer wrote, in one line; '' = nothing. */
  readonly remittance: string
  /** 'PMNT/RCDT/ESCT' (ISO domain/family/sub-family) or the bank's own, such as 'NTRF+166'. */
  readonly bankCode: string | null
}
