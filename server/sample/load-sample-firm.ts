import { addDays, localDateOf } from '../../shared/lib/local-date.ts'
import { FIRM_NAME, type Firm, makeFirm, SAMPLE_PASSPHRASE } from './firm.ts'
import { makeContacts } from './make-contacts.ts'
import { makeHouseholds } from './make-households.ts'
import { monthsOf, playMonth, writeOpenStatements } from './play-months.ts'
import { type Random, seededRandom } from './random.ts'
import type { SampleCall, SampleDeps } from './sample-deps.ts'

const MONTHS = 18
const DAY_MS = 86_400_000

const INITIATIVES = [
  { name: 'Symphony night', kind: 'event', place: 'Müpa, Budapest', budget: 90_000, ahead: -60 },
  { name: 'Motor-sports weekend', kind: 'sponsorship', place: 'Hungaroring', budget: 250_000, ahead: -120 },
  { name: 'Golf shootout', kind: 'event', place: 'Golfclub am See', budget: 120_000, ahead: -200 },
  { name: 'Museum night', kind: 'event', place: 'Kunsthistorisches Museum, Wien', budget: 80_000, ahead: -300 },
  { name: 'Chamber music at Wigmore Hall', kind: 'event', place: 'London', budget: 60_000, ahead: 30 },
  { name: 'Succession breakfast series', kind: 'promotion', place: 'München', budget: 25_000, ahead: 14 },
] as const

function initiativeCalls(random: Random, firm: Firm, startMs: number, nowMs: number): readonly { readonly id: string; readonly call: SampleCall }[] {
  return INITIATIVES.map((i) => {
    const id = random.id(startMs)
    const fromOn = addDays(localDateOf(nowMs, 'UTC'), i.ahead)
    const ownerId = firm.idOf('david.lang')
    const args = { id, name: i.name, kind: i.kind, fromOn, toOn: addDays(fromOn, 2), place: i.place, budgetMinor: i.budget * 100, currency: 'EUR', ownerId }
    return { id, call: { id: random.id(startMs), actorId: ownerId, atMs: startMs, name: 'initiative/add', args } }
  })
}

/** A few households in a quiet period since last week, so that screens show one. */
function quietCalls(random: Random, households: readonly { readonly id: string; readonly leadId: string }[], nowMs: number): readonly SampleCall[] {
  const fromOn = addDays(localDateOf(nowMs, 'UTC'), -3)
  const kinds = ['bereavement', 'dispute', 'doNotContact'] as const
  return [8, 31, 90, 173, 252].flatMap((index, i) => {
    const household = households[index]
    if (!household) return []
    const kind = kinds[i % kinds.length] ?? 'dispute'
    const period = { fromOn, toOn: kind === 'doNotContact' ? null : addDays(fromOn, 40), kind, reason: 'Asked for by the family' }
    return [
      {
        id: random.id(nowMs),
        actorId: household.leadId,
        atMs: nowMs - 60_000,
        name: 'household/edit' as const,
        args: { id: household.id, edits: { quietPeriods: { from: [], to: [period] } } },
      },
    ]
  })
}

/**
 * Fills an empty database with a firm of 14 people, 400 households and 18 months of work, made by the same commands
 * that laptops send: what the policy would refuse a person, it refuses here too.
 * @param options.scale multiplies households and what hangs on them; the people stay 14
 * @param options.nowMs the day up to which the firm's past reaches
 */
export async function loadSampleFirm(deps: SampleDeps, options: { readonly seed: number; readonly scale: number; readonly nowMs: number }): Promise<void> {
  const random = seededRandom(options.seed)
  const startMs = options.nowMs - MONTHS * 30.4 * DAY_MS
  const setUpMs = Math.floor(startMs - 5 * DAY_MS)
  const firm = makeFirm(random, setUpMs)
  const initiatives = initiativeCalls(random, firm, setUpMs, options.nowMs)
  const set = makeHouseholds(random, firm, Math.round(400 * options.scale), setUpMs)
  const past = makeContacts(
    random,
    set.households,
    initiatives.map((i) => i.id),
    startMs,
    options.nowMs,
  )
  await deps.insertFirm({ name: FIRM_NAME, teams: firm.teams, people: firm.people.map((colleague) => ({ colleague, passphrase: SAMPLE_PASSPHRASE })) })
  await deps.run([...initiatives.map((i) => i.call), ...set.calls])
  const months = monthsOf(past, startMs, options.nowMs)
  for (const [index, month] of months.entries()) {
    deps.progress(index, months.length)
    await playMonth(deps, random, firm, month)
  }
  await deps.run(quietCalls(random, set.households, options.nowMs))
  await writeOpenStatements(deps, random, past.claims, options.nowMs)
  deps.progress(months.length, months.length)
}
