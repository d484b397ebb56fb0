import { accountRow, householdRow, personRow, withoutRev } from '../support/firm-rows.ts'
import { type Act, decideClaim, newClaim, newFollowUp, pickOr, type Weighted, words } from './acts.ts'
import { people } from './server/sim-firm.ts'

const sales = [people.anna, people.bela, people.cora, people.supervisor] as const

/** One's own household: from now on it is in one's scope, by a command of this very device. */
const addHousehold: Act = ({ random, newId, me, person }) => {
  const { headPersonId: _head, leadCoverageId: _lead, ...household } = withoutRev(householdRow(random.int(10, 99), { id: newId() }))
  const leadId = person === 'service' || random.chance(0.2) ? random.pick(sales) : me
  return { name: 'household/add', args: { ...household, lead: { id: newId(), colleagueId: leadId, fromOn: '2026-01-01' } } }
}

const addPerson: Act = ({ view, random, newId }) => {
  const household = pickOr(random, view.list('households'))
  if (!household) return null
  const role = random.chance(0.4) ? ('head' as const) : ('child' as const)
  return { name: 'person/add', args: { ...withoutRev(personRow(random.int(10, 99), [])), id: newId(), memberships: [{ householdId: household.id, role }] } }
}

const saveAccount: Act = ({ view, random, newId }) => {
  const account = pickOr(random, view.list('accounts'))
  if (!account) return null
  if (random.chance(0.5)) return { name: 'account/edit', args: { id: account.id, edits: { name: { from: account.name, to: random.pick(words) } } } }
  return { name: 'account/add', args: { ...withoutRev(accountRow(random.int(10, 99), 1)), id: newId(), householdId: account.householdId, owners: account.owners } }
}

/** Who was there decides who reads a confidential entry. */
const changeAttendees: Act = ({ view, random, me }) => {
  const entry = pickOr(
    random,
    view.list('contactEntries').filter((e) => e.authorId === me),
  )
  if (!entry) return null
  const other = random.pick(sales)
  const to = entry.colleagueIds.includes(other) ? entry.colleagueIds.filter((id) => id !== other) : [...entry.colleagueIds, other]
  if (to.length === 0) return null
  const secret = random.chance(0.5) ? { isConfidential: { from: entry.isConfidential, to: true } } : {}
  return { name: 'contact/amend', args: { id: entry.id, edits: { colleagueIds: { from: entry.colleagueIds, to }, ...secret }, reason: 'who was there' } }
}

const claimLater: Act = (scene) => {
  const entry = pickOr(scene.random, scene.view.list('contactEntries'))
  const claim = entry && newClaim(scene, entry.householdId)[0]
  return claim ? { name: 'outcome/claim', args: { ...claim, entryId: entry.id } } : null
}

const editClaim: Act = ({ view, random, me }) => {
  const claim = pickOr(
    random,
    view.list('outcomeClaims').filter((c) => c.makerId === me),
  )
  if (!claim) return null
  return { name: 'outcome/edit', args: { id: claim.id, edits: { claimedMinor: { from: claim.claimedMinor, to: random.int(1, 9) * 1_000_00 } }, answer: null } }
}

const reassign: Act = ({ view, random }) => {
  const followUp = pickOr(random, view.list('followUps'))
  return followUp && { name: 'follow-up/reassign', args: { id: followUp.id, edits: { assigneeId: { from: followUp.assigneeId, to: random.pick(sales) } } } }
}

const promiseForOther: Act = (scene) => {
  const household = pickOr(scene.random, scene.view.list('households'))
  return household && { name: 'follow-up/add', args: { ...newFollowUp(scene), householdId: household.id, assigneeId: scene.random.pick(sales) } }
}

const addInitiative: Act = ({ random, newId, me }) => ({
  name: 'initiative/add',
  args: { id: newId(), name: random.pick(words), kind: 'event', fromOn: '2026-05-01', toOn: '2026-05-02', place: 'Wien', budgetMinor: 0, currency: 'EUR', ownerId: me },
})

/** The lead goes over to somebody else, step by step, as a supervisor does it. */
const handOver: Act = ({ view, random, newId }) => {
  const household = pickOr(random, view.list('households'))
  if (!household) return null
  const lead = view.listByHousehold('coverages', household.id).find((c) => c.role === 'lead' && c.toOn === null)
  if (lead) return { name: 'coverage/end', args: { id: lead.id, toOn: '2026-03-01' } }
  const args = { id: newId(), householdId: household.id, colleagueId: random.pick(sales), role: 'lead' as const, fromOn: '2026-03-02', toOn: null }
  return { name: 'coverage/grant', args }
}

/** What they may not: every wall must hold against a client that asks all the same. */
const overreach: Act = ({ view, random, newId, me }) => {
  const claim = pickOr(random, view.list('outcomeClaims'))
  const entry = pickOr(
    random,
    view.list('contactEntries').filter((e) => e.authorId !== me),
  )
  const household = pickOr(random, view.list('households'))
  if (claim && random.chance(0.4)) return { name: 'verification/reject', args: { id: claim.id, reason: 'mine' } }
  if (entry && random.chance(0.5))
    return { name: 'contact/amend', args: { id: entry.id, edits: { isConfidential: { from: entry.isConfidential, to: !entry.isConfidential } }, reason: 'theirs' } }
  return household && { name: 'coverage/grant', args: { id: newId(), householdId: household.id, colleagueId: me, role: 'lead', fromOn: '2026-03-02', toOn: null } }
}

const byRole: Readonly<Record<string, Weighted>> = {
  advisor: [
    [2, addHousehold],
    [2, addPerson],
    [2, saveAccount],
    [4, changeAttendees],
    [2, claimLater],
    [2, editClaim],
    [2, reassign],
    [2, promiseForOther],
    [2, overreach],
  ],
  supervisor: [
    [5, handOver],
    [1, addHousehold],
    [1, addInitiative],
    [1, addPerson],
    [2, changeAttendees],
    [2, reassign],
  ],
  controller: [[1, decideClaim]],
  service: [
    [2, addHousehold],
    [2, addPerson],
    [2, saveAccount],
    [1, overreach],
  ],
}

/** @returns what somebody of this role does now and then besides the daily work; undefined = only that */
export const rarerActsOf = (role: string): Weighted | undefined => byRole[role]
