import { sql } from 'kysely'
import type { RowChange } from '../../shared/commands/define-command.ts'
import { RowBuffer } from '../../shared/commands/row-buffer.ts'
import type { Account } from '../../shared/domain/account/account.ts'
import type { AccountActivity } from '../../shared/domain/feed/account-activity.ts'
import type { Tx } from '../db/open-database.ts'
import { selectRows } from '../db/record-sql.ts'
import type { BatchLoader } from '../sync/batch-loader.ts'
import { type FeedAccounts, loadFeedAccounts } from './feed-accounts.ts'

/** Lines on one of these IBANs that belong to no account yet, and those paid from one that nothing was confirmed with. */
async function loadLines(tx: Tx, { rows }: BatchLoader, ibans: readonly string[]): Promise<readonly AccountActivity[]> {
  const isOpen = sql`(account_id IS NULL AND iban = ANY(${ibans}::text[]))
    OR (counterparty_iban = ANY(${ibans}::text[]) AND not_evidence IS NULL AND allocated_minor = 0)`
  const found = await selectRows(tx, 'accountActivities', isOpen)
  for (const { row } of found) rows.addStored('accountActivities', row.id, row)
  return found.flatMap(({ row }) => rows.find('accountActivities', row.id) ?? [])
}

/** The line with its account, where there is one by now. A transfer between the household's own accounts is no evidence. */
function linked(line: AccountActivity, accounts: FeedAccounts): AccountActivity {
  const account = line.accountId === null ? accounts.find(line.iban) : undefined
  const accountId = account?.id ?? line.accountId
  const householdId = account?.householdId ?? line.householdId
  const isOwn = line.counterpartyIban !== null && accounts.contextOf(householdId).householdIbans.has(line.counterpartyIban)
  return { ...line, accountId, householdId, notEvidence: line.notEvidence ?? (isOwn && line.allocatedMinor === 0 ? 'own-transfer' : null) }
}

/** Lines that came in before their account, or their payer's, was entered find it now. */
export async function linkLines(tx: Tx, loader: BatchLoader, changed: readonly Account[]): Promise<readonly RowChange[]> {
  const ibans = [...new Set(changed.flatMap((a) => a.iban ?? []))]
  if (ibans.length === 0) return []
  const lines = await loadLines(tx, loader, ibans)
  if (lines.length === 0) return []
  const named = new Set([...ibans, ...lines.flatMap((l) => [l.iban ?? [], l.counterpartyIban ?? []].flat())])
  const accounts = await loadFeedAccounts(tx, loader.rows, named, [])
  const buffer = new RowBuffer(loader.rows)
  for (const line of lines) {
    const now = linked(line, accounts)
    if (now.accountId !== line.accountId || now.notEvidence !== line.notEvidence) buffer.put('accountActivities', now)
  }
  return buffer.changes()
}
