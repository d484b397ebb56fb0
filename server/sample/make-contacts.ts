import type { CommandArgs } from '../../shared/commands/registry.ts'
import type { Tier } from '../../shared/domain/household/household.ts'
import { addDays, localDateOf } from '../../shared/lib/local-date.ts'
import { inCurrency, type SampleHousehold } from './make-households.ts'
import { followUpTitle, noteFor, subjectFor } from './phrases.ts'
import type { Random } from './random.ts'
import type { SampleCall } from './sample-deps.ts'

const DAY_MS = 86_400_000
/** Days between contacts as people really keep them: mostly the tier's target, some late. */
const INTERVAL_DAYS: Readonly<Record<Tier, readonly [number, number]>> = { A: [16, 46], B: [38, 92], C: [105, 260], prospect: [24, 66], corporate: [26, 70] }
const PURPOSES = ['review', 'proposal', 'service', 'relationship', 'event'] as const

export type ClaimFate = 'confirmed' | 'partlyConfirmed' | 'rejected' | 'withdrawn' | 'returned' | 'proposed' | 'open'

/** A claim of the past and what is to become of it. */
export interface SampleClaim {
  readonly id: string
  readonly makerId: string
  readonly household: SampleHousehold
  readonly kind: 'deposit' | 'pledge' | 'mandate'
  readonly amountMinor: number
  readonly currency: string
  readonly iban: string | null
  readonly contactMs: number
  readonly arrivesOn: string // the day the bank books it, where it does
  readonly fate: ClaimFate
}

interface Made {
  readonly calls: SampleCall[]
  readonly claims: SampleClaim[]
}

const DECIDED: readonly ClaimFate[] = ['confirmed', 'confirmed', 'partlyConfirmed', 'confirmed', 'rejected', 'confirmed', 'withdrawn', 'confirmed', 'partlyConfirmed', 'confirmed']
/** With every third one a pledge, these leave claims and pledges open, proposed and returned. */
const RECENT: readonly ClaimFate[] = ['open', 'proposed', 'open', 'returned', 'open', 'proposed']

/** Older claims have been decided; younger ones wait in every state. */
const isDecidedByNow = (contactMs: number, nowMs: number): boolean => nowMs - contactMs > 45 * DAY_MS

function makeClaim(
  random: Random,
  household: SampleHousehold,
  makerId: string,
  contactMs: number,
  nowMs: number,
  index: number,
): { claim: SampleClaim; args: CommandArgs<'contact/log'>['claims'][number] } {
  const isPast = isDecidedByNow(contactMs, nowMs)
  const kind = household.tier === 'corporate' && index % 2 === 0 ? 'mandate' : index % 3 === 0 ? 'pledge' : 'deposit'
  const account = kind === 'mandate' ? null : (household.accounts[0] ?? null)
  const currency = account?.currency ?? household.place.currency
  const euros = index % 23 === 0 ? random.int(11, 18) * 1_000_000 : random.int(5, 80) * 50_000
  const contactOn = localDateOf(contactMs, household.place.zone)
  const arrivesOn = addDays(contactOn, random.int(4, 18))
  const fate = (isPast ? DECIDED : RECENT)[index % (isPast ? DECIDED : RECENT).length] ?? 'open'
  const id = random.id(contactMs)
  const hasSecond = household.coverIds.length > 1 && index % 4 === 0
  const creditSplit = hasSecond
    ? [
        { colleagueId: household.coverIds[0] ?? '', shareBp: 7_000 },
        { colleagueId: household.coverIds[1] ?? '', shareBp: 3_000 },
      ]
    : [{ colleagueId: makerId, shareBp: 10_000 }]
  const amountMinor = inCurrency(euros, currency)
  const args = {
    id,
    kind,
    accountId: account?.id ?? null,
    claimedMinor: amountMinor,
    currency,
    expectedOn: kind === 'deposit' ? null : addDays(arrivesOn, random.int(-2, 6)),
    creditSplit,
    note: '',
  } as const
  return {
    claim: { id, makerId, household, kind, amountMinor, currency, iban: account?.iban ?? null, contactMs, arrivesOn, fate },
    args: { ...args, creditSplit: [...creditSplit] },
  }
}

function makeFollowUp(random: Random, household: SampleHousehold, assigneeId: string, atMs: number) {
  const dueOn = addDays(localDateOf(atMs, household.place.zone), random.int(5, 28))
  return {
    id: random.id(atMs),
    title: followUpTitle(random, household.place.language),
    note: '',
    dueOn,
    remindAtMs: Date.parse(`${dueOn}T08:00:00Z`),
    zone: household.place.zone,
    assigneeId,
  }
}

interface Claims {
  past: number
  recent: number
}

function makeEntry(random: Random, household: SampleHousehold, atMs: number, nowMs: number, initiativeIds: readonly string[], counter: Claims): Made {
  const { place } = household
  const authorId = random.chance(0.85) ? household.leadId : random.pick(household.coverIds)
  const isReached = random.chance(household.tier === 'prospect' ? 0.6 : 0.9)
  const purpose = isReached ? random.pick(PURPOSES) : 'relationship'
  const channel = isReached ? random.pick(['inPerson', 'phone', 'phone', 'video', 'email', 'post'] as const) : 'phone'
  const lengthMinutes = { inPerson: random.int(30, 120), phone: isReached ? random.int(5, 40) : 1, video: random.int(20, 60), email: 5, post: 5 }[channel]
  const hasClaim = isReached && household.accounts.length > 0 && purpose === 'proposal' && random.chance(0.3)
  const made = hasClaim ? makeClaim(random, household, authorId, atMs, nowMs, isDecidedByNow(atMs, nowMs) ? counter.past++ : counter.recent++) : null
  const followUps = isReached && random.chance(0.3) ? [makeFollowUp(random, household, authorId, atMs)] : []
  const recordedMs = Math.min(atMs + lengthMinutes * 60_000 + random.int(2, random.chance(0.1) ? 4_000 : 180) * 60_000, nowMs)
  const args: CommandArgs<'contact/log'> = {
    id: random.id(recordedMs),
    householdId: household.id,
    channel,
    direction: random.chance(0.12) ? 'inbound' : 'outbound',
    occurredAtMs: atMs,
    zone: place.zone,
    lengthMinutes,
    place: channel === 'inPerson' ? random.pick(place.venues) : '',
    personIds: isReached ? [household.headId, ...household.personIds.slice(1, random.int(1, 2))] : [household.headId],
    colleagueIds: [authorId],
    isReached,
    purpose,
    subject: subjectFor(random, place.language, purpose),
    note: isReached ? noteFor(random, place.language, household.headName) : '',
    initiativeId: purpose === 'event' ? random.pick(initiativeIds) : null,
    isConfidential: random.chance(0.03),
    followUps,
    claims: made ? [made.args] : [],
  }
  const calls: SampleCall[] = [{ id: random.id(recordedMs), actorId: authorId, atMs: recordedMs, name: 'contact/log', args }]
  for (const f of followUps) {
    const doneMs = Date.parse(`${f.dueOn}T09:00:00Z`) - random.int(0, 3) * DAY_MS
    if (doneMs < nowMs - 3 * DAY_MS && (doneMs < nowMs - 25 * DAY_MS || random.chance(0.75)))
      calls.push({ id: random.id(doneMs), actorId: authorId, atMs: Math.max(doneMs, recordedMs + 60_000), name: 'follow-up/complete', args: { id: f.id } })
  }
  return { calls, claims: made ? [made.claim] : [] }
}

/** Office hours of a weekday at or after the instant. */
function officeHour(random: Random, atMs: number): number {
  const dayMs = Math.floor(atMs / DAY_MS) * DAY_MS
  const weekday = new Date(dayMs).getUTCDay()
  const shift = weekday === 6 ? 2 : weekday === 0 ? 1 : 0
  return dayMs + shift * DAY_MS + random.int(7 * 60, 16 * 60) * 60_000
}

/** Days on which a few households of the first tier were contacted besides, so that they stand near their limit. */
const COURTED_DAYS_AGO = [5, 10, 15, 20, 25]
const isCourted = (household: SampleHousehold, index: number): boolean => household.tier === 'A' && index % 160 < 4

/** The contacts of 18 months, with what came of them, oldest first. */
export function makeContacts(random: Random, households: readonly SampleHousehold[], initiativeIds: readonly string[], startMs: number, nowMs: number): Made {
  const counter: Claims = { past: 1, recent: 0 }
  const made = households.flatMap((household, index) => {
    const [low, high] = INTERVAL_DAYS[household.tier]
    const entries: Made[] = []
    for (let atMs = startMs + random.int(1, high) * DAY_MS; atMs < nowMs - DAY_MS; atMs += random.int(low, high) * DAY_MS) {
      const occurredMs = officeHour(random, atMs)
      if (occurredMs < nowMs - 3 * 3_600_000) entries.push(makeEntry(random, household, occurredMs, nowMs, initiativeIds, counter))
    }
    for (const daysAgo of isCourted(household, index) ? COURTED_DAYS_AGO : []) {
      entries.push(makeEntry(random, household, officeHour(random, nowMs - daysAgo * DAY_MS), nowMs, initiativeIds, counter))
    }
    return entries
  })
  return { calls: made.flatMap((m) => m.calls), claims: made.flatMap((m) => m.claims) }
}
