import type { CommandArgs, CommandName } from '../../shared/commands/registry.ts'
import type { Tier } from '../../shared/domain/household/household.ts'
import { foldText } from '../../shared/lib/fold-text.ts'
import { addDays, localDateOf } from '../../shared/lib/local-date.ts'
import type { Firm } from './firm.ts'
import { budapest, london, makeIban, munich, type Place, vienna } from './places.ts'
import { type Random, seededRandom } from './random.ts'
import type { SampleCall } from './sample-deps.ts'

/** A household as the later steps need it. */
export interface SampleHousehold {
  readonly id: string
  readonly tier: Tier
  readonly place: Place
  readonly leadId: string
  readonly coverIds: readonly string[] // the lead first
  readonly headName: string
  readonly headId: string
  readonly personIds: readonly string[]
  readonly accounts: readonly { readonly id: string; readonly iban: string; readonly currency: string }[]
}

interface Desk {
  readonly place: Place
  readonly lead: string
  readonly supervisor: string
  readonly second: string | null // covers every third household too
}
const DESKS: readonly Desk[] = [
  { place: budapest, lead: 'anna.kovacs', supervisor: 'katalin.szabo', second: 'eszter.varga' },
  { place: vienna, lead: 'lukas.gruber', supervisor: 'stefan.huber', second: 'eszter.varga' },
  { place: munich, lead: 'johanna.maier', supervisor: 'stefan.huber', second: 'lukas.gruber' },
  { place: london, lead: 'oliver.bennett', supervisor: 'stefan.huber', second: null },
]
/** Assets by tier in whole euros; forints are 400 to the euro here. */
const ASSETS: Readonly<Record<Tier, readonly [number, number]>> = { A: [10e6, 60e6], B: [3e6, 10e6], C: [1e6, 3e6], prospect: [0, 0], corporate: [5e6, 90e6] }

export const inCurrency = (euros: number, currency: string): number => Math.round(currency === 'HUF' ? euros * 400 : currency === 'GBP' ? euros * 0.85 : euros) * 100

function tierOf(index: number): Tier {
  const step = index % 20
  if (step < 2) return 'A'
  if (step < 7) return 'B'
  if (step < 15) return 'C'
  return step < 18 ? 'prospect' : 'corporate'
}

/** A command with its arguments, type-checked against the registry. */
type Call = { readonly [N in CommandName]: { readonly name: N; readonly args: CommandArgs<N> } }[CommandName]

interface Draft {
  readonly household: SampleHousehold
  readonly calls: readonly Call[]
  readonly supervisorId: string
}

/** One household with its people, accounts and coverage, as its supervisor sets it up. */
function makeHousehold(random: Random, firm: Firm, index: number, startMs: number, nextAccount: () => number): Draft {
  const desk = DESKS[index % DESKS.length] as Desk
  const { place } = desk
  const tier = tierOf(Math.floor(index / DESKS.length))
  const isCorporate = tier === 'corporate'
  const leadId = firm.idOf(isCorporate ? 'peter.horvath' : desk.lead)
  const family = random.pick(place.familyNames)
  const company = `${random.pick(place.companies)}`
  const fromOn = addDays(localDateOf(startMs, 'UTC'), -1)
  const id = random.id(startMs)
  const euros = random.int(...ASSETS[tier])
  const people = Array.from({ length: 2 + (index % 2) }, (_, i) => makePerson(random, place, family, id, i, isCorporate, startMs))
  const accounts =
    tier === 'prospect' && random.chance(0.8) ? [] : Array.from({ length: random.int(2, 3) }, (_, i) => makeAccount(random, place, id, people, i, startMs, nextAccount()))
  const second = isCorporate ? desk.lead : desk.second
  const coverIds = [leadId, ...(second && (isCorporate || index % 3 === 0) ? [firm.idOf(second)] : [])]
  const head = people[0] as (typeof people)[number]
  const calls: Call[] = [
    {
      name: 'household/add',
      args: {
        id,
        name: isCorporate ? company : familyName(place, family),
        kind: isCorporate ? 'corporate' : 'family',
        relationship: tier === 'prospect' ? 'prospect' : 'client',
        tier,
        country: place.country,
        city: place.city,
        language: place.language,
        assetsMinor: inCurrency(euros, place.currency),
        currency: place.currency,
        quietPeriods: [],
        lead: { id: random.id(startMs), colleagueId: leadId, fromOn },
      },
    },
    ...coverIds
      .slice(1)
      .map(
        (colleagueId) =>
          ({ name: 'coverage/grant', args: { id: random.id(startMs), householdId: id, colleagueId, role: isCorporate ? 'associate' : 'specialist', fromOn, toOn: null } }) as const,
      ),
    ...people.map((p) => ({ name: 'person/add', args: p }) as const),
    ...accounts.map((a) => ({ name: 'account/add', args: a }) as const),
  ]
  const household = {
    id,
    tier,
    place,
    leadId,
    coverIds,
    headName: head.name,
    headId: head.id,
    personIds: people.map((p) => p.id),
    accounts: accounts.map((a) => ({ id: a.id, iban: a.iban ?? '', currency: a.currency })),
  }
  return { household, calls, supervisorId: firm.idOf(isCorporate ? 'stefan.huber' : desk.supervisor) }
}

const familyName = (place: Place, family: string): string => ({ hu: `${family} család`, de: `Familie ${family}`, en: `${family} family` })[place.language]

function makePerson(random: Random, place: Place, family: string, householdId: string, index: number, isCorporate: boolean, atMs: number): CommandArgs<'person/add'> {
  const given = random.pick(place.givenNames)
  const surname = isCorporate ? random.pick(place.familyNames) : family
  const role = index === 0 ? 'head' : isCorporate ? 'officer' : index === 1 ? 'partner' : 'child'
  const bornYear = index < 2 || isCorporate ? random.int(1942, 1985) : random.int(1985, 2006)
  return {
    id: random.id(atMs),
    name: place.isFamilyNameFirst ? `${surname} ${given}` : `${given} ${surname}`,
    memberships: [{ householdId, role }],
    birthOn: `${bornYear}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`,
    email: random.chance(0.8) ? `${foldText(given)}.${foldText(surname)}@${place.country.toLowerCase()}.example` : null,
    phone: {
      HU: `+36 30 ${random.int(100, 999)} ${random.int(1000, 9999)}`,
      AT: `+43 664 ${random.int(1000000, 9999999)}`,
      DE: `+49 171 ${random.int(1000000, 9999999)}`,
      GB: `+44 7700 900${random.int(100, 999)}`,
    }[place.country],
  }
}

const ACCOUNT_NAMES = {
  hu: ['Vagyonkezelési számla', 'Értékpapírszámla', 'Családi alap'],
  de: ['Vermögenskonto', 'Wertpapierdepot', 'Stiftungskonto'],
  en: ['Main account', 'Custody account', 'Family trust'],
} as const
const ACCOUNT_KINDS = ['cash', 'custody', 'securities'] as const

function makeAccount(
  random: Random,
  place: Place,
  householdId: string,
  people: readonly { id: string }[],
  index: number,
  atMs: number,
  number: number,
): CommandArgs<'account/add'> {
  const owners = index === 0 && people.length > 1 ? [0, 1].map((i) => ({ personId: people[i]?.id ?? '', shareBp: 5_000 })) : [{ personId: people[0]?.id ?? '', shareBp: 10_000 }]
  return {
    id: random.id(atMs),
    householdId,
    name: ACCOUNT_NAMES[place.language][index] ?? 'Account',
    kind: ACCOUNT_KINDS[index] ?? 'cash',
    iban: makeIban(place, number),
    custodian: place.bankName,
    number: null,
    currency: index === 2 ? 'EUR' : place.currency,
    owners,
    openedOn: addDays(localDateOf(atMs, 'UTC'), -random.int(100, 3_000)),
    closedOn: null,
  }
}

const ACCOUNTS_PER_HOUSEHOLD = 2.25

/** A third account for as many households with two as bring the firm to its number of accounts; by index of the household. */
function makeExtraAccounts(drafts: readonly Draft[], wanted: number, startMs: number, nextAccount: () => number): ReadonlyMap<number, readonly Call[]> {
  const random = seededRandom(wanted)
  const withTwo = drafts.flatMap((d, index) => (d.household.accounts.length === 2 ? [index] : []))
  const missing = wanted - drafts.reduce((sum, d) => sum + d.household.accounts.length, 0)
  return new Map(
    withTwo.slice(0, Math.max(missing, 0)).map((index) => {
      const { household } = drafts[index] as Draft
      const owners = household.personIds.map((id) => ({ id }))
      return [index, [{ name: 'account/add', args: makeAccount(random, household.place, household.id, owners, 2, startMs, nextAccount()) }]] as const
    }),
  )
}

/** All households, and the commands that set them up, by supervisor so that they go in large batches. */
export function makeHouseholds(
  random: Random,
  firm: Firm,
  count: number,
  startMs: number,
): { readonly households: readonly SampleHousehold[]; readonly calls: readonly SampleCall[] } {
  let account = 1_000_000
  const drafts = Array.from({ length: count }, (_, i) => makeHousehold(random, firm, i, startMs, () => ++account))
  const extra = makeExtraAccounts(drafts, Math.round(count * ACCOUNTS_PER_HOUSEHOLD), startMs, () => ++account)
  const calls = drafts.flatMap((d, i) => [...d.calls, ...(extra.get(i) ?? [])].map((c) => ({ id: random.id(startMs), actorId: d.supervisorId, atMs: startMs, ...c })))
  return { households: drafts.map((d) => d.household), calls: calls.toSorted((a, b) => (a.actorId < b.actorId ? -1 : a.actorId > b.actorId ? 1 : 0)) }
}
