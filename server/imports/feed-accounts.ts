import { sql } from 'kysely'
import type { Account } from '../../shared/domain/account/account.ts'
import type { Tx } from '../db/open-database.ts'
import { selectRows } from '../db/record-sql.ts'
import type { EvidenceContext } from '../feeds/evidence.ts'
import type { BatchRows } from '../sync/batch-rows.ts'

/** Our accounts as a file's lines meet them. */
export class FeedAccounts {
  readonly #byIban: ReadonlyMap<string, Account>
  readonly #ibansOfHousehold: ReadonlyMap<string, ReadonlySet<string>>
  readonly #firmIbans: ReadonlySet<string>

  /** @param firmIbans the firm's own accounts; every client's account counts as inside the firm too */
  constructor(accounts: readonly Account[], firmIbans: readonly string[]) {
    const sorted = accounts.toSorted(byPreference)
    const named = sorted.flatMap((a) => (a.iban === null ? [] : [{ iban: a.iban, account: a }]))
    this.#byIban = new Map(named.toReversed().map(({ iban, account }) => [iban, account]))
    this.#firmIbans = new Set([...firmIbans, ...named.map((n) => n.iban)])
    const groups = Map.groupBy(named, (n) => n.account.householdId)
    this.#ibansOfHousehold = new Map([...groups].map(([id, group]) => [id, new Set(group.map((n) => n.iban))]))
  }

  find(iban: string | null): Account | undefined {
    return iban === null ? undefined : this.#byIban.get(iban)
  }

  /** What is no evidence for lines of this household: transfers of its own, or inside the firm. */
  contextOf(householdId: string | null): EvidenceContext {
    return { householdIbans: this.#ibansOfHousehold.get(householdId ?? '') ?? new Set(), firmIbans: this.#firmIbans }
  }
}

/** Where two accounts share an IBAN, the open one counts, else the one opened last. */
const byPreference = (a: Account, b: Account): number =>
  Number(a.closedOn !== null) - Number(b.closedOn !== null) || (b.openedOn ?? '').localeCompare(a.openedOn ?? '') || (a.id < b.id ? -1 : 1)

/** Accounts with one of these IBANs, as the batch sees them. */
export async function loadFeedAccounts(tx: Tx, rows: BatchRows, ibans: ReadonlySet<string>, firmIbans: readonly string[]): Promise<FeedAccounts> {
  for (const { row } of await selectRows(tx, 'accounts', sql`iban = ANY(${[...ibans]}::text[])`)) rows.addStored('accounts', row.id, row)
  return new FeedAccounts(
    rows.list('accounts').filter((a) => a.iban !== null && ibans.has(a.iban)),
    firmIbans,
  )
}
