import { v7 as newId } from 'uuid'
import type { Account } from '../../shared/domain/account/account.ts'
import type { Colleague } from '../../shared/domain/colleague/colleague.ts'
import { isCoverageActive } from '../../shared/domain/coverage/coverage.ts'
import type { Household } from '../../shared/domain/household/household.ts'
import { localDateOf } from '../../shared/lib/local-date.ts'
import { must } from '../../shared/lib/must.ts'
import type { WireRow } from '../../shared/sync/pull.ts'
import { ApiClient, rowsOf } from './api-client.ts'
import { people } from './people.ts'

const MONTH_MS = 30 * 86_400_000

/** A household of the advisor's on which a test can act: no limit reached, not quiet, an account in euros that no bank has fed yet. */
export interface Stage {
  readonly advisor: Colleague
  readonly household: Household
  readonly account: Account
  readonly headName: string
  /** Another household's account without a statement so far. */
  readonly otherAccount: Account
}

/** Looks the stage up in the sample firm. */
export async function findStage(url: string): Promise<Stage> {
  const [advisor, controller] = await Promise.all([ApiClient.signIn(url, people.advisor), ApiClient.signIn(url, people.controller)])
  const [rows, lines] = await Promise.all([advisor.listRows(), controller.list('accountActivities')])
  const accounts = listUnfedAccounts(rows, new Set(lines.map(({ iban }) => iban)))
  const open = listOpenToContact(rows, advisor.me.id)
  const household = must(
    open.find(({ id }) => accounts.some(({ householdId }) => householdId === id)),
    'a household to act on',
  )
  const account = must(
    accounts.find(({ householdId }) => householdId === household.id),
    'its account',
  )
  const otherAccount = must(
    accounts.find(({ householdId }) => householdId !== household.id),
    'another account',
  )
  const head = must(
    rowsOf(rows, 'persons').find(({ id }) => id === household.headPersonId),
    'head of the household',
  )
  return { advisor: advisor.me, household, account, otherAccount, headName: head.name }
}

/** Open ones in euros of which no bank has told yet. */
const listUnfedAccounts = (rows: readonly WireRow[], fedIbans: ReadonlySet<string | null>): readonly Account[] =>
  rowsOf(rows, 'accounts').filter(({ iban, currency, closedOn }) => iban !== null && currency === 'EUR' && closedOn === null && !fedIbans.has(iban))

/** Households that the person leads, that no limit and no quiet period closes, and that typing their name finds alone. */
function listOpenToContact(rows: readonly WireRow[], leadId: string): readonly Household[] {
  const todayOn = localDateOf(Date.now(), 'UTC')
  const households = rowsOf(rows, 'households')
  const led = rowsOf(rows, 'coverages').filter((coverage) => coverage.role === 'lead' && coverage.colleagueId === leadId && isCoverageActive(coverage, todayOn))
  const recent = rowsOf(rows, 'contactEntries').filter((entry) => entry.occurredAtMs > Date.now() - MONTH_MS)
  const ledIds = new Set(led.map(({ householdId }) => householdId))
  const busyIds = new Set(recent.map(({ householdId }) => householdId))
  const isNamedAlone = (name: string): boolean => households.filter((other) => other.name.includes(name)).length === 1
  return households.filter(({ id, name, quietPeriods }) => quietPeriods.length === 0 && isNamedAlone(name) && ledIds.has(id) && !busyIds.has(id))
}

/** The supervisor lets a colleague cover the household from today on. Answers the coverage's id. */
export async function coverBy(url: string, householdId: string, email: string): Promise<string> {
  const [supervisor, colleague] = await Promise.all([ApiClient.signIn(url, people.supervisor), ApiClient.signIn(url, email)])
  const id = newId()
  const fromOn = localDateOf(Date.now(), 'UTC')
  const outcome = await supervisor.run('coverage/grant', { id, householdId, colleagueId: colleague.me.id, role: 'associate', fromOn, toOn: null })
  if (outcome.status !== 'applied') throw new Error(`coverage/grant: ${JSON.stringify(outcome)}`)
  return id
}
