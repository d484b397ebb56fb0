import { sql } from 'kysely'
import type { Account } from '../../shared/domain/account/account.ts'
import type { AccountActivity } from '../../shared/domain/feed/account-activity.ts'
import type { OutcomeClaim } from '../../shared/domain/outcome/outcome-claim.ts'
import type { Tx } from '../db/open-database.ts'
import { selectRows } from '../db/record-sql.ts'
import type { BatchLoader } from '../sync/batch-loader.ts'

/** Everything of one household that matching compares. */
export interface HouseholdMoney {
  readonly householdId: string
  readonly claims: readonly OutcomeClaim[]
  readonly accounts: readonly Account[]
  readonly lines: readonly AccountActivity[] // fit as evidence, with money left
  readonly payerNames: readonly string[]
}

async function loadLines(tx: Tx, { rows }: BatchLoader, householdIds: readonly string[]): Promise<void> {
  const unused = sql`household_id = ANY(${householdIds}::uuid[]) AND not_evidence IS NULL AND allocated_minor < amount_minor`
  for (const { row } of await selectRows(tx, 'accountActivities', unused)) rows.addStored('accountActivities', row.id, row)
}

async function loadPersons(tx: Tx, { rows }: BatchLoader, householdIds: readonly string[]): Promise<void> {
  const ofHouseholds = sql`id IN (SELECT row_id FROM feed WHERE scope_id = ANY(${householdIds}::uuid[]) AND table_name = 'persons' AND NOT is_gone)`
  for (const { row } of await selectRows(tx, 'persons', ofHouseholds)) rows.addStored('persons', row.id, row)
}

const isUsable = (line: AccountActivity): boolean => line.notEvidence === null && line.bookedOn !== null && line.allocatedMinor < line.amountMinor

/** The households' claims, accounts, lines and names, as the batch sees them; a handful of queries however many there are. */
export async function loadMoney(tx: Tx, loader: BatchLoader, householdIds: readonly string[]): Promise<readonly HouseholdMoney[]> {
  await Promise.all([
    loader.loadWhere('outcomeClaims', householdIds),
    loader.loadWhere('verificationCases', householdIds),
    loader.loadWhere('accounts', householdIds),
    loadLines(tx, loader, householdIds),
    loadPersons(tx, loader, householdIds),
  ])
  const { rows } = loader
  const claims = Map.groupBy(rows.list('outcomeClaims'), (c) => c.householdId)
  const accounts = Map.groupBy(rows.list('accounts'), (a) => a.householdId)
  const lines = Map.groupBy(rows.list('accountActivities').filter(isUsable), (l) => l.householdId)
  const names = Map.groupBy(
    rows.list('persons').flatMap((p) => p.memberships.map((m) => ({ householdId: m.householdId, name: p.name }))),
    (n) => n.householdId,
  )
  return householdIds.map((householdId) => ({
    householdId,
    claims: claims.get(householdId) ?? [],
    accounts: accounts.get(householdId) ?? [],
    lines: lines.get(householdId) ?? [],
    payerNames: [...(names.get(householdId) ?? []).map((n) => n.name), ...[rows.find('households', householdId)?.name ?? []].flat()],
  }))
}
