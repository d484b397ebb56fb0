import type { CommandContext, RowChange } from '../../shared/commands/define-command.ts'
import { RowBuffer } from '../../shared/commands/row-buffer.ts'
import type { Account } from '../../shared/domain/account/account.ts'
import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import type { FeedFile } from '../../shared/domain/feed/feed-file.ts'
import type { RowOf, TableName } from '../../shared/domain/tables.ts'
import { isDeepEqual } from '../../shared/lib/deep-equal.ts'
import type { Tx } from '../db/open-database.ts'
import { importStatements } from '../imports/import-statements.ts'
import { linkLines } from '../imports/link-lines.ts'
import { proposeForHouseholds } from '../matching/propose-for-households.ts'
import type { BatchLoader } from './batch-loader.ts'
import type { PreparedCommand } from './prepare-batch.ts'
import type { Effects } from './run-commands.ts'

interface Tools {
  readonly tx: Tx
  readonly loader: BatchLoader
  readonly firmIbans: readonly string[]
}

const MONEY: ReadonlySet<TableName> = new Set(['outcomeClaims', 'accounts', 'accountActivities'])

/** Households whose claims, accounts or bank lines changed: their proposals may be others now. */
function touchedHouseholds(changes: readonly RowChange[]): readonly string[] {
  const money = changes.filter((c) => MONEY.has(c.table))
  return [...new Set(money.flatMap((c) => (c.after as RowOf<'accountActivities'>).householdId ?? []))]
}

/** How many claims got a proposal that uses a line of the file. */
function countProposals(changes: readonly RowChange[], lines: readonly RowChange[]): number {
  const lineIds = new Set(lines.map((l) => l.after.id))
  const cases = changes.filter((c) => c.table === 'verificationCases').map((c) => c.after as RowOf<'verificationCases'>)
  return cases.filter((c) => c.proposals.some((p) => p.activityIds.some((id) => lineIds.has(id)))).length
}

async function importEffect(tools: Tools, command: PreparedCommand, received: FeedFile, context: CommandContext): Promise<readonly RowChange[]> {
  const { tx, loader, firmIbans } = tools
  if (command.file.state !== 'read') return []
  const { lines, outcome } = await importStatements(tx, loader.rows, received, command.file.file, firmIbans)
  loader.rows.apply(lines)
  const proposed = await proposeForHouseholds(tx, loader, touchedHouseholds(lines), context)
  loader.rows.apply(proposed)
  const buffer = new RowBuffer(loader.rows)
  buffer.put('feedFiles', { ...received, ...outcome, proposalCount: countProposals(proposed, lines) })
  loader.rows.apply(buffer.changes())
  return [...lines, ...proposed, ...buffer.changes()]
}

/** Follow-ups and claims of an entry whose readers changed: written again unchanged, so that they leave or reach devices with it. */
async function partsEffect({ loader }: Tools, changes: readonly RowChange[]): Promise<readonly RowChange[]> {
  const buffer = new RowBuffer(loader.rows)
  for (const { table, before, after } of changes) {
    if (table !== 'contactEntries' || before === null || !haveReadersChanged(before as ContactEntry, after as ContactEntry)) continue
    const { followUpIds, claimIds } = after as ContactEntry
    await loader.loadKeys([...followUpIds.map((id) => ({ table: 'followUps', id }) as const), ...claimIds.map((id) => ({ table: 'outcomeClaims', id }) as const)])
    for (const id of followUpIds) putAgain(buffer, 'followUps', id)
    for (const id of claimIds) putAgain(buffer, 'outcomeClaims', id)
  }
  loader.rows.apply(buffer.changes())
  return buffer.changes()
}

const haveReadersChanged = (before: ContactEntry, after: ContactEntry): boolean =>
  before.isConfidential !== after.isConfidential || (after.isConfidential && !isDeepEqual(before.colleagueIds, after.colleagueIds))

function putAgain(buffer: RowBuffer, table: 'followUps' | 'outcomeClaims', id: string): void {
  const row = buffer.find(table, id)
  if (row) buffer.put(table, row as never)
}

async function moneyEffect({ tx, loader }: Tools, changes: readonly RowChange[], context: CommandContext): Promise<readonly RowChange[]> {
  const accounts = changes.filter((c) => c.table === 'accounts').map((c) => c.after as Account)
  const linked = await linkLines(tx, loader, accounts)
  loader.rows.apply(linked)
  const proposed = await proposeForHouseholds(tx, loader, touchedHouseholds(changes), context)
  loader.rows.apply(proposed)
  return [...linked, ...proposed]
}

/** What the server adds to accepted commands, applied to the batch's rows: reading an imported file, and proposals for open claims. */
export function effectsOf(tx: Tx, loader: BatchLoader, { firmIbans }: { readonly firmIbans: readonly string[] }): Effects {
  const tools = { tx, loader, firmIbans }
  return async (command, changes, context) => {
    const parts = changes.some((c) => c.table === 'contactEntries' && c.before !== null) ? await partsEffect(tools, changes) : []
    const received = changes.find((c) => c.table === 'feedFiles')?.after as FeedFile | undefined
    if (received) return importEffect(tools, command, received, context)
    return changes.some((c) => MONEY.has(c.table)) ? [...parts, ...(await moneyEffect(tools, changes, context))] : parts
  }
}
