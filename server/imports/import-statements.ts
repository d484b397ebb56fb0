import type { RowChange } from '../../shared/commands/define-command.ts'
import { RowBuffer } from '../../shared/commands/row-buffer.ts'
import { accountActivitySchema } from '../../shared/domain/feed/account-activity.ts'
import type { FeedFile } from '../../shared/domain/feed/feed-file.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import type { Tx } from '../db/open-database.ts'
import type { ReadError } from '../feeds/read-apart.ts'
import type { StatementFile } from '../feeds/statement-file.ts'
import type { BatchRows } from '../sync/batch-rows.ts'
import { activitiesOf, type ReadLine } from './activities-of-file.ts'
import { loadFeedAccounts } from './feed-accounts.ts'
import { loadFormerIbans } from './former-ibans.ts'
import { type Judgement, judgeFile, quarantineFile } from './judge-file.ts'
import { accountNameOf, loadStatementMemory, saveStatementMemory } from './known-statements.ts'
import { markReportedLines } from './mark-reported-lines.ts'
import type { ReadFile } from './read-statement-blob.ts'

type Outcome = Pick<FeedFile, 'state' | 'format' | 'statementCount' | 'lineCount' | 'quarantined'>

/** What an import brought: its lines as changes, and what to write on the file's own row. */
export interface Imported {
  readonly lines: readonly RowChange[]
  readonly outcome: Outcome
}

const nothing = (outcome: Partial<Outcome> & Pick<Outcome, 'state'>): Imported => ({
  lines: [],
  outcome: { format: null, statementCount: 0, lineCount: 0, quarantined: [], ...outcome },
})

const refused = (error: ReadError): Imported => {
  const { state, quarantined } = quarantineFile(error)
  return nothing({ state, quarantined: [...quarantined] })
}

/** The first line that its own schema would refuse, so that no device could take it; null = none. */
function findUnfitLine(lines: readonly ReadLine[]): ReadError | null {
  for (const { activity } of lines) {
    const issue = accountActivitySchema.safeParse({ ...activity, rev: 1 }).error?.issues[0]
    if (issue) return { code: 'feed/malformed', where: `line ${activity.lineNo}`, detail: issue.path.join('.') }
  }
  return null
}

/** ISO gives both 35 characters. */
const NAME_MAX_CHARS = 200

/** The first statement whose id or account is too long to be kept as a key; null = none. */
function findUnfitStatement(statements: StatementFile['statements']): ReadError | null {
  const at = statements.findIndex((s) => s.statementId.length > NAME_MAX_CHARS || (accountNameOf(s)?.length ?? 0) > NAME_MAX_CHARS)
  return at === -1 ? null : { code: 'feed/malformed', where: `statement ${at + 1}`, detail: 'id or account is too long' }
}

/** A file whose statements all came in before changes nothing; one that was set aside is judged anew. */
async function wasImported(tx: Tx, file: FeedFile): Promise<boolean> {
  const earlier = await tx.selectFrom('feed_files').select('id').where('sha256', '=', file.sha256).where('state', '=', 'imported').where('id', '<>', file.id).executeTakeFirst()
  return earlier !== undefined
}

function ibansOf(statements: StatementFile['statements']): ReadonlySet<string> {
  const all = statements.flatMap((s) => [s.iban, ...s.lines.map((l) => l.counterpartyIban)])
  return new Set(all.filter((iban) => iban !== null))
}

/** Takes in the good statements of a file, whole, and says what became of the others. domain.md's "Evidence comes from account activity". */
export async function importStatements(tx: Tx, rows: BatchRows, file: FeedFile, read: ReadFile, firmIbans: readonly string[]): Promise<Imported> {
  if (!read.ok) return refused(read.error)
  const { format, statements } = read.value
  if (await wasImported(tx, file)) return nothing({ state: 'seenBefore', format })
  const unnamed = findUnfitStatement(statements)
  if (unnamed) return refused(unnamed)
  const memory = await loadStatementMemory(tx, format, statements)
  const judgement = judgeFile(read.value, memory)
  const ibans = ibansOf(statements)
  const accounts = await loadFeedAccounts(tx, rows, ibans, firmIbans, await loadFormerIbans(tx, ibans))
  const lines = activitiesOf(file, judgement.good, accounts)
  const unfit = findUnfitLine(lines)
  if (unfit) return refused(unfit)
  reach('server.import.judged')
  const activities = await markReportedLines(tx, format, lines)
  await saveStatementMemory(tx, format, file.id, memory)
  reach('server.import.remembered')
  const buffer = new RowBuffer(rows)
  for (const activity of activities) buffer.put('accountActivities', activity)
  return { lines: buffer.changes(), outcome: outcomeOf(format, judgement, activities.length) }
}

const outcomeOf = (format: string, { good, state, quarantined }: Judgement, lineCount: number): Outcome => ({
  state,
  format,
  statementCount: good.length,
  lineCount,
  quarantined: [...quarantined],
})
