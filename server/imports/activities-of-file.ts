import { v5 } from 'uuid'
import type { AccountActivity } from '../../shared/domain/feed/account-activity.ts'
import type { FeedFile } from '../../shared/domain/feed/feed-file.ts'
import { notEvidenceReason } from '../feeds/evidence.ts'
import type { Statement, StatementLine } from '../feeds/statement-file.ts'
import type { FeedAccounts } from './feed-accounts.ts'
import type { GoodStatement } from './judge-file.ts'

export type NewActivity = Omit<AccountActivity, 'rev'>

/** A line of the file beside the row it becomes. */
export interface ReadLine {
  readonly statement: Statement
  readonly line: StatementLine
  readonly activity: NewActivity
}

/** Namespace of the ids of bank lines; never changes. */
const LINES = '5b0f7c0e-2d5c-5f0e-9a34-6c6f5d1e7a21'

const cut = (text: string, max: number): string => text.slice(0, max).toWellFormed()
const cutOrNull = (text: string | null, max: number): string | null => (text === null ? null : cut(text, max))

/** The rows of all good statements. The same file gives the same ids, whoever imports it. */
export function activitiesOf(file: Pick<FeedFile, 'id' | 'sha256' | 'name'>, good: readonly GoodStatement[], accounts: FeedAccounts): readonly ReadLine[] {
  return good.flatMap(({ index, statement }) => {
    const account = accounts.find(statement.iban)
    const context = accounts.contextOf(account?.householdId ?? null)
    return statement.lines.map((line) => {
      const activity: NewActivity = {
        id: v5(`${file.sha256}/${index}/${line.lineNo}`, LINES),
        fileId: file.id,
        fileSha256: file.sha256,
        fileName: file.name,
        statementId: cut(statement.statementId, 200),
        lineNo: line.lineNo,
        iban: statement.iban,
        accountId: account?.id ?? null,
        householdId: account?.householdId ?? null,
        direction: line.direction,
        amountMinor: line.amountMinor,
        currency: line.currency,
        status: line.status,
        isReversal: line.isReversal,
        bookedOn: line.bookedOn,
        valueOn: line.valueOn,
        counterpartyName: cutOrNull(line.counterpartyName, 500),
        counterpartyIban: cutOrNull(line.counterpartyIban, 40),
        remittance: cut(line.remittance, 2_000),
        endToEndId: cutOrNull(line.endToEndId, 100),
        notEvidence: notEvidenceReason(line, context),
        allocatedMinor: 0,
      }
      return { statement, line, activity }
    })
  })
}
