import type { Tx } from '../db/open-database.ts'
import type { KnownStatements } from '../feeds/check-statement.ts'
import type { FeedFormat, Statement } from '../feeds/statement-file.ts'

interface Known {
  readonly account: string
  readonly statementId: string
  readonly sequenceNumber: number | null
  readonly closingMinor: number | null
}

/** IBAN, or the bank's other number; null where the statement names no account. */
export const accountNameOf = (statement: Statement): string | null => statement.iban ?? statement.otherAccount

/** What was imported before for the accounts of a file, oldest first, and what this file adds. */
export class StatementMemory implements KnownStatements {
  readonly #idsOf = new Map<string, Set<string>>() // by account; a file may bring 100,000 statements
  readonly #lastOf = new Map<string, Known>()
  readonly #added: Known[] = []

  constructor(known: readonly Known[]) {
    for (const one of known) this.#remember(one)
  }

  #remember(known: Known): void {
    this.#idsOf.set(known.account, (this.#idsOf.get(known.account) ?? new Set()).add(known.statementId))
    this.#lastOf.set(known.account, known)
  }

  hasStatement(account: string, statementId: string): boolean {
    return this.#idsOf.get(account)?.has(statementId) ?? false
  }

  lastSequence(account: string): number | null {
    return this.#lastOf.get(account)?.sequenceNumber ?? null
  }

  lastClosingMinor(account: string): number | null {
    return this.#lastOf.get(account)?.closingMinor ?? null
  }

  add(account: string, { statementId, sequenceNumber, closingMinor }: Statement): void {
    const known = { account, statementId, sequenceNumber, closingMinor }
    this.#remember(known)
    this.#added.push(known)
  }

  get added(): readonly Known[] {
    return this.#added
  }
}

export async function loadStatementMemory(tx: Tx, format: FeedFormat, statements: readonly Statement[]): Promise<StatementMemory> {
  const accounts = [...new Set(statements.flatMap((s) => accountNameOf(s) ?? []))]
  if (accounts.length === 0) return new StatementMemory([])
  const known = await tx
    .selectFrom('account_statement')
    .select(['account', 'statement_id as statementId', 'sequence_number as sequenceNumber', 'closing_minor as closingMinor'])
    .where('format', '=', format)
    .where('account', 'in', accounts)
    .orderBy('id')
    .execute()
  return new StatementMemory(known)
}

export async function saveStatementMemory(tx: Tx, format: FeedFormat, fileId: string, memory: StatementMemory): Promise<void> {
  const rows = memory.added.map((k) => ({
    file_id: fileId,
    format,
    account: k.account,
    statement_id: k.statementId,
    sequence_number: k.sequenceNumber,
    closing_minor: k.closingMinor,
  }))
  for (let i = 0; i < rows.length; i += 1_000)
    await tx
      .insertInto('account_statement')
      .values(rows.slice(i, i + 1_000))
      .execute()
}
