import { addServerEntries } from '../../../server/audit/server-entry.ts'
import type { Db } from '../../../server/db/open-database.ts'
import { withActor } from '../../../server/db/with-actor.ts'
import { addColleagues } from '../../../server/people/add-colleagues.ts'
import { moveHead, takeHead } from '../../../server/sync/head.ts'
import { writeChanges } from '../../../server/sync/write-changes.ts'
import type { RowChange } from '../../../shared/commands/define-command.ts'
import { type AnyRow, tableNames } from '../../../shared/domain/tables.ts'
import type { FirmPlan, HouseholdRows } from './firm-plan.ts'

export const PASSPHRASE = 'a passphrase of the benches'
const HOUSEHOLDS_AT_ONCE = 20

/**
 * Writes the firm with the server's own code for rows, feed and head, past commands and policy. The trail has one entry
 * for each 20 households, without their rows.
 */
export async function fillFirm(db: Db, plan: FirmPlan, say: (line: string) => void): Promise<void> {
  await addColleagues(
    db,
    plan.colleagues.map((colleague) => ({ colleague, passphrase: PASSPHRASE })),
    [],
    0,
  )
  for (let i = 0; i < plan.householdCount; i += HOUSEHOLDS_AT_ONCE) {
    const count = Math.min(HOUSEHOLDS_AT_ONCE, plan.householdCount - i)
    await writeRows(db, changesOf(Array.from({ length: count }, (_, k) => plan.household(i + k))))
    if ((i / HOUSEHOLDS_AT_ONCE) % 20 === 0) say(`firm of ${plan.entryCount} entries: ${i} of ${plan.householdCount} households`)
  }
}

function changesOf(households: readonly HouseholdRows[]): readonly RowChange[] {
  const added = (table: RowChange['table'], row: AnyRow) => ({ table, before: null, after: row }) as RowChange
  return tableNames.flatMap((table) =>
    households.flatMap((h) => [(h as unknown as Record<string, AnyRow | readonly AnyRow[]>)[table] ?? []].flat().map((row) => added(table, row as AnyRow))),
  )
}

function writeRows(db: Db, changes: readonly RowChange[]): Promise<void> {
  return withActor(db, null, async (tx) => {
    const head = await takeHead(tx)
    const seq = await writeChanges(tx, changes, head.seq)
    const after = await addServerEntries(tx, null, head, [{ name: 'setup/bench', args: {}, changes: [] }], 0)
    await moveHead(tx, head, { ...after, seq })
  })
}
