import { sql } from 'kysely'
import type { Account } from '../../shared/domain/account/account.ts'
import type { Tx } from '../db/open-database.ts'
import { selectRows } from '../db/record-sql.ts'
import type { EvidenceContext } from '../feeds/evidence.ts'
import type { BatchRows } from '../sync/batch-rows.ts'
import type { FormerIban } from './former-ibans.ts'

/** Our accounts as a file's lines meet them. */
export class FeedAccounts {
  readonly #byIban: ReadonlyMap<string, Account | undefined> // undefined = of several households
  readonly #ibansOfHousehold: ReadonlyMap<string, ReadonlySet<string>>
  readonly #firmIbans: ReadonlySet<string>

  /**
   * @param firmIbans the firm's own accounts; every client's account counts as inside the firm too
   * @param former that were taken out of a household's accounts: money from there is still its own
   */
  constructor(accounts: readonly Account[], firmIbans: readonly string[], former: readonly FormerIban[] = []) {
    const named = accounts.flatMap((a) => (a.iban === null ? [] : [{ iban: a.iban, account: a }]))
    this.#byIban = new Map([...Map.groupBy(named, (n) => n.iban)].map(([iban, same]) => [iban, holderOf(same.map((n) => n.account))]))
    this.#firmIbans = new Set([...firmIbans, ...named.map((n) => n.iban)])
    const groups = Map.groupBy([...former, ...named.map(({ iban, account }) => ({ iban, householdId: account.householdId }))], (n) => n.householdId)
    this.#ibansOfHousehold = new Map([...groups].map(([id, group]) => [id, new Set(group.map((n) => n.iban))]))
  }

  /** Our account with the IBAN; undefined = none, or open in two households at once: nobody gets the other's money by entering their IBAN. */
  find(iban: string | null): Account | undefined {
    return iban === null ? undefined : this.#byIban.get(iban)
  }

  /** What is no evidence for lines of this household: transfers of its own, or inside the firm. */
  contextOf(householdId: string | null): EvidenceContext {
    return { householdIbans: this.#ibansOfHousehold.get(householdId ?? '') ?? new Set(), firmIbans: this.#firmIbans }
  }
}

/** Where accounts of one household share an IBAN, an open one counts, and of these the one opened last. */
function holderOf(same: readonly Account[]): Account | undefined {
  const open = same.filter((a) => a.closedOn === null)
  const candidates = open.length > 0 ? open : same
  const isShared = new Set(candidates.map((a) => a.householdId)).size > 1
  return isShared ? undefined : candidates.toSorted(byOpening)[0]
}

const byOpening = (a: Account, b: Account): number => (b.openedOn ?? '').localeCompare(a.openedOn ?? '') || (a.id < b.id ? -1 : 1)

/** Accounts with one of these IBANs, as the batch sees them. */
export async function loadFeedAccounts(
  tx: Tx,
  rows: BatchRows,
  ibans: ReadonlySet<string>,
  firmIbans: readonly string[],
  former: readonly FormerIban[] = [],
): Promise<FeedAccounts> {
  for (const { row } of await selectRows(tx, 'accounts', sql`iban = ANY(${[...ibans]}::text[])`)) rows.addStored('accounts', row.id, row)
  return new FeedAccounts(
    rows.list('accounts').filter((a) => a.iban !== null && ibans.has(a.iban)),
    firmIbans,
    former,
  )
}
