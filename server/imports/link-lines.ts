import { sql } from 'kysely'
import type { RowChange } from '../../shared/commands/define-command.ts'
import { RowBuffer } from '../../shared/commands/row-buffer.ts'
import type { Account } from '../../shared/domain/account/account.ts'
import type { Tx } from '../db/open-database.ts'
import { selectRows } from '../db/record-sql.ts'
import type { BatchLoader } from '../sync/batch-loader.ts'

/** Lines that came in before their account was entered find it now. Transfers between the household's own accounts stop being evidence. */
export async function linkLines(tx: Tx, loader: BatchLoader, accounts: readonly Account[]): Promise<readonly RowChange[]> {
  const buffer = new RowBuffer(loader.rows)
  const byIban = new Map(accounts.flatMap((a) => (a.iban === null ? [] : [[a.iban, a] as const])))
  if (byIban.size === 0) return []
  const found = await selectRows(tx, 'accountActivities', sql`account_id IS NULL AND iban = ANY(${[...byIban.keys()]}::text[])`)
  const householdIds = [...new Set(accounts.map((a) => a.householdId))]
  if (found.length > 0) await loader.loadWhere('accounts', householdIds)
  for (const { row } of found) {
    loader.rows.addStored('accountActivities', row.id, row)
    const line = loader.rows.find('accountActivities', row.id)
    const account = byIban.get(line?.iban ?? '')
    if (!line || !account || line.accountId !== null) continue
    const isOwn = loader.rows.list('accounts').some((a) => a.householdId === account.householdId && a.iban !== null && a.iban === line.counterpartyIban)
    buffer.put('accountActivities', { ...line, accountId: account.id, householdId: account.householdId, notEvidence: line.notEvidence ?? (isOwn ? 'own-transfer' : null) })
  }
  return buffer.changes()
}
