import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Coverage } from '../../shared/domain/coverage/coverage.ts'
import type { LocalDate } from '../../shared/lib/local-date.ts'
import type { AccessLevel, ScopeEntry } from '../../shared/sync/pull.ts'
import { type Actor, accessThroughCoverage, officeAccess } from '../auth/access.ts'
import { loadPeople, People, SALES_ROLES } from '../auth/people.ts'
import type { Tx } from '../db/open-database.ts'
import { type Answer, type Statement, together } from '../db/together.ts'

/** The households a person sees today, and why. */
export interface Scope {
  readonly access: ReadonlyMap<string, AccessLevel>
  readonly hash: string
}

interface HouseholdRow {
  readonly id: string
}

/** Every household's id, or for controllers those that have claims: their office gives them access. */
function officeHouseholds(access: AccessLevel, householdIds: readonly string[] | null): RawBuilder<HouseholdRow> {
  const among = (column: string) => (householdIds === null ? sql`` : sql`WHERE ${sql.ref(column)} = ANY(${householdIds}::uuid[])`)
  return access === 'control' ? sql`SELECT DISTINCT household_id AS id FROM outcome_claims ${among('household_id')}` : sql`SELECT id FROM households ${among('id')}`
}

const coverageColumns = ['id', 'household_id as householdId', 'colleague_id as colleagueId', 'role', 'from_on as fromOn', 'to_on as toOn', 'rev'] as const

/** Coverage of today by the actor and those whom they supervise. */
const coveredBy = (tx: Tx, actor: Actor, todayOn: LocalDate, householdIds: readonly string[] | null, people: People | null) =>
  tx
    .selectFrom('coverages')
    .select(coverageColumns)
    .where('colleague_id', '=', sql<string>`ANY(${[actor.id, ...(people?.listSupervised(actor.id) ?? [])]}::uuid[])`)
    .$if(householdIds !== null, (query) => query.where('household_id', '=', sql<string>`ANY(${householdIds}::uuid[])`))
    .where('from_on', '<=', todayOn)
    .where((eb) => eb.or([eb('to_on', 'is', null), eb('to_on', '>=', todayOn)]))

/** Access through own coverage and that of supervised people, by the same rule that the policy uses. */
function levelsOf(actor: Actor, coverages: readonly Coverage[], people: People, todayOn: LocalDate): Scope['access'] {
  const access = new Map<string, AccessLevel>()
  for (const [householdId, ofHousehold] of Map.groupBy(coverages, (c) => c.householdId)) {
    const level = accessThroughCoverage(actor, ofHousehold, people, todayOn)
    if (level !== null && level !== 'ended') access.set(householdId, level)
  }
  return access
}

/** A question about the access to all households, or to the named ones, that can travel with others, and what makes of its answer who sees what. */
interface AccessQuestion {
  readonly question: Statement<unknown>
  readonly access: (answer: Answer<unknown>, people: People) => Promise<Scope['access']>
}

/** @param guess the firm's people as they were last known; where they turn out to be others it is asked again */
function askForAccess(tx: Tx, actor: Actor, todayOn: LocalDate, householdIds: readonly string[] | null, guess: People | null): AccessQuestion {
  const office = officeAccess[actor.role]
  if (office) {
    const access = async ({ rows }: Answer<unknown>) => new Map((rows as readonly HouseholdRow[]).map(({ id }) => [id, office]))
    return { question: officeHouseholds(office, householdIds), access }
  }
  if (!SALES_ROLES.includes(actor.role)) return { question: sql`SELECT`, access: async () => new Map() }
  const coverages = (people: People | null) => coveredBy(tx, actor, todayOn, householdIds, people)
  const access = async (answer: Answer<unknown>, people: People): Promise<Scope['access']> => {
    const { rows } = people === guess ? answer : (await together(tx, coverages(people)))[0]
    return levelsOf(actor, rows as readonly Coverage[], people, todayOn)
  }
  return { question: coverages(guess), access }
}

const NOBODY = new People([], [])

/** The access to all households, or to those of the named ones that the person sees. */
export async function findAccess(tx: Tx, actor: Actor, todayOn: LocalDate, householdIds: readonly string[] | null = null): Promise<Scope['access']> {
  const people = SALES_ROLES.includes(actor.role) ? await loadPeople(tx) : NOBODY
  const { question, access } = askForAccess(tx, actor, todayOn, householdIds, people)
  return access((await together(tx, question))[0], people)
}

/**
 * The hash carries why a household is seen, not only which: a person who stays with it but no longer leads it must lose its confidential
 * entries and what came of them, and a new lead gets them. No row changes by that, so the feed brings neither; only another scope does.
 */
function scopeOf(actor: Actor, found: Scope['access']): Scope {
  const access = new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1))) // in one order, whatever the database's is: devices fetch in it
  const hash = createHash('sha256').update(actor.role)
  for (const [id, level] of access) hash.update(`\n${id} ${level}`)
  return { access, hash: hash.digest('hex') }
}

/** @param todayOn the firm's calendar day: coverage begins and ends with it */
export const findScope = async (tx: Tx, actor: Actor, todayOn: LocalDate): Promise<Scope> => scopeOf(actor, await findAccess(tx, actor, todayOn))

/** The scopes that each was found to have last, as long as the firm's people are the same: questions are made with them, answers never. */
const lastScopes = new WeakMap<People, Map<string, Scope>>()

function keepScope(people: People, actor: Actor, scope: Scope): Scope {
  const scopes = lastScopes.get(people) ?? new Map<string, Scope>()
  lastScopes.set(people, scopes.set(actor.id, scope))
  return scope
}

/**
 * The same in two steps, so that the question can travel with others.
 * @param guess the firm's people as they were last known
 */
export function askForScope(tx: Tx, actor: Actor, todayOn: LocalDate, guess: People | null): ScopeQuestion {
  const { question, access } = askForAccess(tx, actor, todayOn, null, guess)
  const scope = async (answer: Answer<unknown>, people: People): Promise<Scope> => keepScope(people, actor, scopeOf(actor, await access(answer, people)))
  return { question, scope, guess: (guess && lastScopes.get(guess)?.get(actor.id)) ?? null }
}

interface ScopeQuestion {
  readonly question: Statement<unknown>
  readonly scope: (answer: Answer<unknown>, people: People) => Promise<Scope>
  readonly guess: Scope | null // what it was the last time
}

export const scopeEntriesOf = (scope: Scope): ScopeEntry[] => [...scope.access].map(([householdId, access]) => ({ householdId, access }))
