import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { LocalDate } from '../../shared/lib/local-date.ts'
import type { AccessLevel, ScopeEntry } from '../../shared/sync/pull.ts'
import { type Actor, accessThroughCoverage, officeAccess } from '../auth/access.ts'
import { loadPeople, type People, SALES_ROLES } from '../auth/people.ts'
import type { Tx } from '../db/open-database.ts'
import { together } from '../db/together.ts'

/** The households a person sees today, and why. */
export interface Scope {
  readonly access: ReadonlyMap<string, AccessLevel>
  readonly hash: string
}

/** Every household's id, or for controllers those that have claims: their office gives them access. */
async function listOfficeHouseholds(tx: Tx, access: AccessLevel, householdIds: readonly string[] | null): Promise<readonly string[]> {
  const among = (column: string) => (householdIds === null ? sql`` : sql`WHERE ${sql.ref(column)} = ANY(${householdIds}::uuid[])`)
  const query =
    access === 'control'
      ? sql<{ id: string }>`SELECT DISTINCT household_id AS id FROM outcome_claims ${among('household_id')}`
      : sql<{ id: string }>`SELECT id FROM households ${among('id')}`
  return (await query.execute(tx)).rows.map((h) => h.id)
}

/** Access through own coverage and that of supervised people, by the same rule that the policy uses. */
async function findCovered(tx: Tx, actor: Actor, todayOn: LocalDate, householdIds: readonly string[] | null, people: People): Promise<ReadonlyMap<string, AccessLevel>> {
  const covering = [actor.id, ...people.listSupervised(actor.id)]
  const asked = tx
    .selectFrom('coverages')
    .select(['id', 'household_id as householdId', 'colleague_id as colleagueId', 'role', 'from_on as fromOn', 'to_on as toOn', 'rev'])
    .where('colleague_id', '=', sql<string>`ANY(${covering}::uuid[])`)
    .$if(householdIds !== null, (query) => query.where('household_id', '=', sql<string>`ANY(${householdIds}::uuid[])`))
    .where('from_on', '<=', todayOn)
    .where((eb) => eb.or([eb('to_on', 'is', null), eb('to_on', '>=', todayOn)]))
  const [{ rows: coverages }] = await together(tx, asked)
  const access = new Map<string, AccessLevel>()
  for (const [householdId, ofHousehold] of Map.groupBy(coverages, (c) => c.householdId)) {
    const level = accessThroughCoverage(actor, ofHousehold, people, todayOn)
    if (level !== null && level !== 'ended') access.set(householdId, level)
  }
  return access
}

/** The access to all households, or to those of the named ones that the person sees. @param people where they are known already */
export async function findAccess(tx: Tx, actor: Actor, todayOn: LocalDate, householdIds: readonly string[] | null = null, people?: People): Promise<Scope['access']> {
  const office = officeAccess[actor.role]
  if (office) return new Map((await listOfficeHouseholds(tx, office, householdIds)).map((id) => [id, office]))
  return SALES_ROLES.includes(actor.role) ? findCovered(tx, actor, todayOn, householdIds, people ?? (await loadPeople(tx))) : new Map()
}

/**
 * The hash carries why a household is seen, not only which: a person who stays with it but no longer leads it must lose its confidential
 * entries and what came of them, and a new lead gets them. No row changes by that, so the feed brings neither; only another scope does.
 * @param todayOn the firm's calendar day: coverage begins and ends with it
 */
export async function findScope(tx: Tx, actor: Actor, todayOn: LocalDate, people?: People): Promise<Scope> {
  const found = await findAccess(tx, actor, todayOn, null, people)
  const access = new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1))) // in one order, whatever the database's is: devices fetch in it
  const hash = createHash('sha256').update(actor.role)
  for (const [id, level] of access) hash.update(`\n${id} ${level}`)
  return { access, hash: hash.digest('hex') }
}

export const scopeEntriesOf = (scope: Scope): ScopeEntry[] => [...scope.access].map(([householdId, access]) => ({ householdId, access }))
