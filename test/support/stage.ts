import { v7 as newId } from 'uuid'
import type { Account } from '../../shared/domain/account/account.ts'
import type { Colleague } from '../../shared/domain/colleague/colleague.ts'
import { isCoverageActive } from '../../shared/domain/coverage/coverage.ts'
import type { Household } from '../../shared/domain/household/household.ts'
import { localDateOf } from '../../shared/lib/local-date.ts'
import { must } from '../../shared/lib/must.ts'
import { ApiClient } from './api-client.ts'
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
  const table = <T>(name: string) => rows.flatMap((row) => (row.table === name && row.row !== null ? [row.row as T] : []))
  const fed = new Set(lines.map((line) => line.iban))
  const todayOn = localDateOf(Date.now(), 'UTC')
  const accounts = table<Account>('accounts').filter((account) => account.iban !== null && account.currency === 'EUR' && account.closedOn === null && !fed.has(account.iban))
  const busy = new Set(
    table<{ householdId: string; occurredAtMs: number }>('contactEntries')
      .filter((entry) => entry.occurredAtMs > Date.now() - MONTH_MS)
      .map((entry) => entry.householdId),
  )
  const led = new Set(
    table<{ householdId: string; colleagueId: string; role: string; fromOn: string; toOn: string | null }>('coverages')
      .filter((coverage) => coverage.role === 'lead' && coverage.colleagueId === advisor.me.id && isCoverageActive(coverage, todayOn))
      .map((coverage) => coverage.householdId),
  )
  const names = table<Household>('households').map(({ name }) => name)
  const isNamedAlone = (name: string): boolean => names.filter((other) => other.includes(name)).length === 1 // so that typing it finds it
  const households = table<Household>('households').filter(
    (household) =>
      isNamedAlone(household.name) &&
      led.has(household.id) &&
      !busy.has(household.id) &&
      household.quietPeriods.length === 0 &&
      accounts.some((account) => account.householdId === household.id),
  )
  const household = must(households[0], 'a household to act on')
  const account = must(
    accounts.find((candidate) => candidate.householdId === household.id),
    'its account',
  )
  const otherAccount = must(
    accounts.find((candidate) => candidate.householdId !== household.id),
    'another account',
  )
  const head = table<{ id: string; name: string }>('persons').find((person) => person.id === household.headPersonId)
  return { advisor: advisor.me, household, account, otherAccount, headName: must(head, 'head of the household').name }
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
