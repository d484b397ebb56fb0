import type { FeedFile } from '../../shared/domain/feed/feed-file.ts'
import { checkStatement, type QuarantineReason } from '../feeds/check-statement.ts'
import type { ReadError } from '../feeds/read-apart.ts'
import type { Statement, StatementFile } from '../feeds/statement-file.ts'
import { accountNameOf, type StatementMemory } from './known-statements.ts'

type Quarantine = FeedFile['quarantined'][number]

/** A statement that may come in, with its place in the file. */
export interface GoodStatement {
  readonly index: number // from 0
  readonly statement: Statement
}

export interface Judgement {
  readonly good: readonly GoodStatement[]
  readonly quarantined: readonly Quarantine[]
  readonly state: FeedFile['state']
}

const MAX_REASONS = 100
const MAX_QUARANTINED = 1_000

function reasonOf({ code, ...params }: QuarantineReason | ReadError): Quarantine['reasons'][number] {
  return { code, params: params as Quarantine['reasons'][number]['params'] }
}

/** A file that cannot be read is set aside whole. */
export const quarantineFile = (error: ReadError): Pick<Judgement, 'quarantined' | 'state'> => ({
  state: 'quarantined',
  quarantined: [{ statementId: null, iban: null, lineCount: 0, reasons: [reasonOf(error)] }],
})

const quarantineOf = (statement: Statement, reasons: readonly QuarantineReason[]): Quarantine => ({
  statementId: statement.statementId.slice(0, 200),
  iban: statement.iban,
  lineCount: statement.lines.length,
  reasons: reasons.slice(0, MAX_REASONS).map(reasonOf),
})

/** Checks each statement against what is known, those before it in the file included: whole or not at all. */
export function judgeFile(file: StatementFile, memory: StatementMemory): Judgement {
  const good: GoodStatement[] = []
  const quarantined: Quarantine[] = []
  let seenCount = 0
  for (const [index, statement] of file.statements.entries()) {
    const reasons = checkStatement(statement, memory)
    if (reasons.length === 0) {
      memory.add(accountNameOf(statement) ?? '', statement)
      good.push({ index, statement })
      continue
    }
    quarantined.push(quarantineOf(statement, reasons))
    if (reasons.every((r) => r.code === 'feed/statement-seen-before')) seenCount += 1
  }
  return { good, quarantined: quarantined.slice(0, MAX_QUARANTINED), state: stateOf(good.length, quarantined.length, seenCount) }
}

function stateOf(goodCount: number, quarantinedCount: number, seenCount: number): FeedFile['state'] {
  if (quarantinedCount === 0) return 'imported'
  if (goodCount > 0) return 'partlyQuarantined'
  return seenCount === quarantinedCount ? 'seenBefore' : 'quarantined'
}
