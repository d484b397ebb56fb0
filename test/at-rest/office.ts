import { v7 as newId } from 'uuid'
import type { CommandArgs, CommandName } from '../../shared/commands/registry.ts'
import { addDays, localDateOf } from '../../shared/lib/local-date.ts'
import { must } from '../../shared/lib/must.ts'
import { ApiClient } from '../support/api-client.ts'
import { people } from '../support/people.ts'
import type { Stage } from '../support/stage.ts'
import type { Canaries } from './canaries.ts'

const todayOn = () => localDateOf(Date.now(), 'UTC')

async function run<N extends CommandName>(api: ApiClient, name: N, args: CommandArgs<N>): Promise<void> {
  const outcome = await api.run(name, args)
  if (outcome.status !== 'applied') throw new Error(`${name}: ${JSON.stringify(outcome)}`)
}

const claimBy = (actorId: string, accountId: string, note: string) => ({
  id: newId(),
  kind: 'deposit' as const,
  accountId,
  claimedMinor: 123_400,
  currency: 'EUR',
  expectedOn: null,
  creditSplit: [{ colleagueId: actorId, shareBp: 10_000 }],
  note,
})

/** What others put in at the office, with a canary in every text: it comes to the laptop with a pull. */
export async function fillOffice(url: string, stage: Stage, texts: Canaries): Promise<{ readonly openClaimId: string }> {
  const [advisor, controller, marketing] = await Promise.all([people.advisor, people.controller, people.marketing].map((email) => ApiClient.signIn(url, email)))
  await addClient(must(advisor, 'advisor'), texts)
  const claimIds = await addContacts(must(advisor, 'advisor'), stage, texts)
  const desk = must(controller, 'controller')
  await run(desk, 'verification/return', { id: claimIds.returned, reason: must(texts['returnQuestion'], 'text') })
  await run(desk, 'verification/reject', { id: claimIds.rejected, reason: must(texts['rejectReason'], 'text') })
  const office = must(marketing, 'marketing')
  const [name, place] = [must(texts['initiativeName'], 'text'), must(texts['initiativePlace'], 'text')]
  const days = { fromOn: todayOn(), toOn: addDays(todayOn(), 30) }
  await run(office, 'initiative/add', { id: newId(), name, kind: 'event', ...days, place, budgetMinor: 100, currency: 'EUR', ownerId: office.me.id })
  return { openClaimId: claimIds.open }
}

async function addClient(advisor: ApiClient, texts: Canaries): Promise<void> {
  const text = (kind: string) => must(texts[kind], kind)
  const householdId = newId()
  const personId = newId()
  await run(advisor, 'household/add', {
    id: householdId,
    name: text('householdName'),
    kind: 'family',
    relationship: 'client',
    tier: 'A',
    country: 'HU',
    city: text('householdCity'),
    language: 'hu',
    assetsMinor: 0,
    currency: 'EUR',
    quietPeriods: [{ fromOn: todayOn(), toOn: null, kind: 'bereavement', reason: text('quietReason') }],
    lead: { id: newId(), colleagueId: advisor.me.id, fromOn: todayOn() },
  })
  const memberships = [{ householdId, role: 'head' as const }]
  await run(advisor, 'person/add', { id: personId, name: text('personName'), memberships, birthOn: null, email: text('personEmail'), phone: text('personPhone') })
  await run(advisor, 'account/add', {
    id: newId(),
    householdId,
    name: text('accountName'),
    kind: 'custody',
    iban: null,
    custodian: text('accountCustodian'),
    number: text('accountNumber'),
    currency: 'EUR',
    owners: [{ personId, shareBp: 10_000 }],
    openedOn: null,
    closedOn: null,
  })
}

/** Contacts with follow-ups and claims: one amended, one void; claims that go three ways. */
async function addContacts(advisor: ApiClient, stage: Stage, texts: Canaries): Promise<Readonly<Record<'returned' | 'rejected' | 'open', string>>> {
  const text = (kind: string) => must(texts[kind], kind)
  const householdId = stage.household.id
  const followUp = (title: string, note: string) => ({ id: newId(), title, note, dueOn: addDays(todayOn(), 3), remindAtMs: null, zone: 'UTC', assigneeId: advisor.me.id })
  const statement = (subject: string) =>
    ({
      householdId,
      channel: 'phone' as const,
      direction: 'inbound' as const,
      occurredAtMs: Date.now() - 3_600_000,
      zone: 'UTC',
      lengthMinutes: 5,
      place: text('entryPlace'),
      personIds: [],
      colleagueIds: [advisor.me.id],
      isReached: true,
      purpose: 'service' as const,
      subject,
      note: text('entryNote'),
      initiativeId: null,
      isConfidential: false,
    }) satisfies Partial<CommandArgs<'contact/log'>>
  const claims = [0, 1, 2, 3].map(() => claimBy(advisor.me.id, stage.account.id, text('claimNote')))
  const [returned, rejected, withdrawn, open] = claims.map(({ id }) => id)
  const entryId = newId()
  const followUps = [followUp(text('entryFollowUp'), text('entryFollowUpNote'))]
  await run(advisor, 'contact/log', { id: entryId, ...statement(text('entrySubject')), followUps, claims })
  await run(advisor, 'contact/amend', { id: entryId, edits: { subject: { from: text('entrySubject'), to: text('amendedSubject') } }, reason: text('amendReason') })
  const voidId = newId()
  await run(advisor, 'contact/log', { id: voidId, ...statement('Wrong household'), followUps: [], claims: [] })
  await run(advisor, 'contact/void', { id: voidId, reason: text('voidReason') })
  await run(advisor, 'outcome/withdraw', { id: must(withdrawn, 'claim'), reason: text('withdrawReason') })
  await run(advisor, 'follow-up/add', { ...followUp(text('addedFollowUp'), text('addedFollowUpNote')), householdId })
  return { returned: must(returned, 'claim'), rejected: must(rejected, 'claim'), open: must(open, 'claim') }
}
