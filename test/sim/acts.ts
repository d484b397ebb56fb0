import type { AnyCall } from '../../renderer/commands/any-call.ts'
import type { Replica } from '../../renderer/db/replica.ts'
import { idOf } from '../support/test-id.ts'
import type { SimClient } from './client/sim-client.ts'
import { type PersonName, people } from './server/sim-firm.ts'
import { world } from './world/globals.ts'
import type { Random } from './world/random.ts'

export interface Scene {
  readonly view: Replica
  readonly me: string
  readonly person: PersonName
  readonly random: Random
  readonly newId: () => string
}

export type Act = (scene: Scene) => AnyCall | null
export type Weighted = readonly (readonly [weight: number, act: Act])[]

export const pickOr = <T>(random: Random, items: readonly T[]): T | null => (items.length === 0 ? null : random.pick(items))

/** Texts of few values, so that people's edits meet. */
export const words = ['one', 'two', 'three'] as const

const statement = ({ me, random }: Scene) => ({
  channel: 'phone' as const,
  direction: 'inbound' as const,
  occurredAtMs: world.scheduler.wallMs(world.scheduler.harness) - 3_600_000,
  zone: 'Europe/Vienna',
  lengthMinutes: 20,
  place: '',
  personIds: [] as string[],
  colleagueIds: [me],
  isReached: true,
  purpose: 'review' as const,
  subject: random.pick(words),
  note: `note ${random.int(1, 1_000_000)}`,
  initiativeId: null,
  isConfidential: random.chance(0.2),
})

export const newFollowUp = ({ me, newId, random }: Scene) => ({
  id: newId(),
  title: random.pick(words),
  note: '',
  dueOn: '2026-06-12',
  remindAtMs: null,
  zone: 'Europe/Vienna',
  assigneeId: me,
})

export function newClaim({ view, me, newId }: Scene, householdId: string) {
  const account = view.listByHousehold('accounts', householdId)[0]
  if (!account) return []
  const claim = { id: newId(), kind: 'deposit' as const, accountId: account.id, claimedMinor: 5_000_00, currency: 'EUR', expectedOn: null, note: '' }
  return [{ ...claim, creditSplit: [{ colleagueId: me, shareBp: 10_000 }] }]
}

const logContact: Act = (scene) => {
  const household = pickOr(scene.random, scene.view.list('households'))
  if (!household) return null
  const followUps = scene.random.chance(0.4) ? [newFollowUp(scene)] : []
  const claims = scene.random.chance(0.3) ? newClaim(scene, household.id) : []
  return { name: 'contact/log', args: { id: scene.newId(), householdId: household.id, ...statement(scene), followUps, claims } }
}

const amendContact: Act = ({ view, random }) => {
  const entry = pickOr(random, view.list('contactEntries'))
  if (!entry) return null
  const secret = random.chance(0.3) ? { isConfidential: { from: entry.isConfidential, to: !entry.isConfidential } } : {}
  return { name: 'contact/amend', args: { id: entry.id, edits: { subject: { from: entry.subject, to: random.pick(words) }, ...secret }, reason: 'because' } }
}

const voidContact: Act = ({ view, random }) => {
  const entry = pickOr(random, view.list('contactEntries'))
  return entry && { name: 'contact/void', args: { id: entry.id, reason: 'a slip' } }
}

const addFollowUp: Act = (scene) => {
  const household = pickOr(scene.random, scene.view.list('households'))
  return household && { name: 'follow-up/add', args: { ...newFollowUp(scene), householdId: household.id } }
}

const changeFollowUp: Act = ({ view, random }) => {
  const followUp = pickOr(random, view.list('followUps'))
  if (!followUp) return null
  if (followUp.state === 'done') return { name: 'follow-up/reopen', args: { id: followUp.id } }
  if (random.chance(0.5)) return { name: 'follow-up/complete', args: { id: followUp.id } }
  return { name: 'follow-up/snooze', args: { id: followUp.id, edits: { dueOn: { from: followUp.dueOn, to: `2026-07-${random.int(10, 28)}` } } } }
}

const editHousehold: Act = ({ view, random }) => {
  const household = pickOr(random, view.list('households'))
  return household && { name: 'household/edit', args: { id: household.id, edits: { city: { from: household.city, to: random.pick(['Wien', 'Graz', 'Linz']) } } } }
}

/** A person's memberships decide through which households they are seen. */
const editPerson: Act = ({ view, random }) => {
  const person = pickOr(random, view.list('persons'))
  const household = pickOr(random, view.list('households'))
  if (!person || !household) return null
  const isMember = person.memberships.some((m) => m.householdId === household.id)
  const rest = person.memberships.filter((m) => m.householdId !== household.id)
  if (isMember && rest.length === 0) return { name: 'person/edit', args: { id: person.id, edits: { phone: { from: person.phone, to: `+43 ${random.int(1, 9)}` } } } }
  const to = isMember ? rest : [...rest, { householdId: household.id, role: 'other' as const }]
  return { name: 'person/edit', args: { id: person.id, edits: { memberships: { from: person.memberships, to } } } }
}

const changeCoverage: Act = ({ view, random, newId, person }) => {
  if (person !== 'supervisor' && person !== 'otherSupervisor') return null
  const household = pickOr(random, view.list('households'))
  if (!household) return null
  const open = view.listByHousehold('coverages', household.id).filter((c) => c.toOn === null)
  const ended = pickOr(random, open)
  if (ended && random.chance(0.5)) return { name: 'coverage/end', args: { id: ended.id, toOn: '2026-02-27' } }
  const colleagueId = random.pick(person === 'supervisor' ? [people.anna, people.bela] : [people.cora, people.otherSupervisor])
  return { name: 'coverage/grant', args: { id: newId(), householdId: household.id, colleagueId, role: 'specialist', fromOn: '2026-01-01', toOn: null } }
}

export const decideClaim: Act = ({ view, random, person }) => {
  const claim = pickOr(random, view.list('outcomeClaims'))
  if (!claim) return null
  if (person !== 'controller') return { name: 'outcome/withdraw', args: { id: claim.id, reason: 'a slip' } }
  return { name: random.chance(0.5) ? 'verification/return' : 'verification/reject', args: { id: claim.id, reason: 'no evidence' } }
}

const acts: Weighted = [
  [6, logContact],
  [4, amendContact],
  [1, voidContact],
  [3, addFollowUp],
  [3, changeFollowUp],
  [3, editHousehold],
  [3, editPerson],
  [4, changeCoverage],
  [2, decideClaim],
]

/** What a person does next with what they see; a few commands at once now and then, as a form with many parts makes. */
export function act(client: SimClient, random: Random, of: Weighted = acts): void {
  const { window } = client
  if (!window) return
  const scene: Scene = { view: window.session.replica, me: people[client.person], person: client.person, random, newId: idsOf(random) }
  if (random.chance(0.15) && discardOne(client, random)) return
  const count = random.chance(0.2) ? random.int(2, 4) : 1
  for (let i = 0; i < count; i++) {
    const call = random.pick(of.flatMap(([weight, one]) => Array.from({ length: weight }, () => one)))(scene)
    if (call) client.run(call)
  }
}

function discardOne(client: SimClient, random: Random): boolean {
  const item = pickOr(random, client.window?.session.replica.attention ?? [])
  if (item) client.discard(item.id)
  return item !== null
}

const idsOf = (random: Random) => () => idOf(`act ${random.int(0, 1_000_000_000)}`, random.int(0, 1_000_000_000))
