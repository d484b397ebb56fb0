import { expect } from 'vitest'
import type { AnyCall } from '../../../renderer/commands/any-call.ts'
import { accountRow, advisorId, coverageRow, otherAdvisorId, supervisorId, withoutRev } from '../firm-rows.ts'
import { idOf } from '../test-id.ts'
import type { Case } from './command-case.ts'

const addHead: AnyCall = {
  name: 'person/add',
  args: { id: idOf('person', 5), name: 'Ida Roth', memberships: [{ householdId: idOf('household', 1), role: 'head' }], birthOn: null, email: null, phone: null },
}
const gala = {
  id: idOf('initiative', 1),
  name: 'Gala',
  kind: 'event' as const,
  fromOn: '2030-01-01',
  toOn: '2030-01-01',
  place: '',
  budgetMinor: 0,
  currency: 'EUR',
  ownerId: supervisorId,
}

export const clientCases: readonly Case[] = [
  {
    title: 'makes a new person the head of the household',
    call: addHead,
    holds: async (host) => expect(await host.find('households', idOf('household', 1))).toMatchObject({ headPersonId: idOf('person', 5), rev: 2 }),
  },
  {
    title: 'edits a household',
    call: { name: 'household/edit', args: { id: idOf('household', 1), edits: { city: { from: 'Wien', to: 'Graz' } } } },
    holds: async (host) => expect(await host.find('households', idOf('household', 1))).toMatchObject({ city: 'Graz' }),
  },
  { title: 'refuses an edit that changes nothing', call: { name: 'household/edit', args: { id: idOf('household', 1), edits: {} } }, refused: 'command/malformed' },
  {
    title: 'refuses an account whose IBAN has wrong check digits',
    call: { name: 'account/add', args: { ...withoutRev(accountRow(2, 1)), iban: 'AT001904300234573201' } },
    refused: 'account/name',
  },
  {
    title: 'refuses an account owned by someone outside the household',
    call: { name: 'account/add', args: { ...withoutRev(accountRow(2, 1)), owners: [{ personId: idOf('person', 99), shareBp: 10_000 }] } },
    refused: 'account/owners',
  },
  {
    title: 'grants a specialist coverage',
    by: supervisorId,
    call: { name: 'coverage/grant', args: withoutRev(coverageRow(7, 1, otherAdvisorId, { role: 'specialist', fromOn: '2026-01-01' })) },
    holds: async (host) => expect(await host.find('coverages', idOf('coverage', 7))).toMatchObject({ colleagueId: otherAdvisorId, toOn: null }),
  },
  {
    title: 'refuses a lead who would stand beside one that begins later',
    given: [
      [supervisorId, { name: 'coverage/end', args: { id: idOf('coverage', 1), toOn: '2029-12-31' } }],
      [supervisorId, { name: 'coverage/grant', args: withoutRev(coverageRow(7, 1, otherAdvisorId, { fromOn: '2030-06-01' })) }],
    ],
    by: supervisorId,
    call: { name: 'coverage/grant', args: withoutRev(coverageRow(8, 1, otherAdvisorId, { fromOn: '2030-01-01' })) },
    refused: 'coverage/lead-exists',
  },
  {
    title: 'grants a lead up to the day before the next one begins',
    given: [
      [supervisorId, { name: 'coverage/end', args: { id: idOf('coverage', 1), toOn: '2029-12-31' } }],
      [supervisorId, { name: 'coverage/grant', args: withoutRev(coverageRow(7, 1, otherAdvisorId, { fromOn: '2030-06-01' })) }],
    ],
    by: supervisorId,
    call: { name: 'coverage/grant', args: withoutRev(coverageRow(8, 1, otherAdvisorId, { fromOn: '2030-01-01', toOn: '2030-05-31' })) },
  },
  {
    title: 'refuses a second lead',
    by: supervisorId,
    call: { name: 'coverage/grant', args: withoutRev(coverageRow(7, 1, otherAdvisorId, { fromOn: '2026-01-01' })) },
    refused: 'coverage/lead-exists',
  },
  {
    title: 'refuses a coverage that would end before it begins',
    by: supervisorId,
    call: { name: 'coverage/grant', args: withoutRev(coverageRow(7, 1, otherAdvisorId, { role: 'specialist', fromOn: '2026-01-02', toOn: '2026-01-01' })) },
    refused: 'coverage/dates',
  },
  {
    title: 'ends a coverage on the day before its first: it was never effective',
    by: supervisorId,
    call: { name: 'coverage/end', args: { id: idOf('coverage', 1), toOn: '2019-12-31' } },
    holds: async (host) => expect(await host.find('coverages', idOf('coverage', 1))).toMatchObject({ toOn: '2019-12-31' }),
  },
  {
    title: 'refuses to end a coverage before that',
    by: supervisorId,
    call: { name: 'coverage/end', args: { id: idOf('coverage', 1), toOn: '2019-12-30' } },
    refused: 'coverage/dates',
  },
  {
    title: 'refuses to end a coverage that has ended, or to make it longer',
    given: [[supervisorId, { name: 'coverage/end', args: { id: idOf('coverage', 1), toOn: '2029-12-31' } }]],
    by: supervisorId,
    call: { name: 'coverage/end', args: { id: idOf('coverage', 1), toOn: '2030-12-31' } },
    refused: 'coverage/ended',
  },
  {
    title: 'refuses to let a head stop being one without another',
    given: [[advisorId, addHead]],
    call: {
      name: 'person/edit',
      args: {
        id: idOf('person', 5),
        edits: { memberships: { from: [{ householdId: idOf('household', 1), role: 'head' }], to: [{ householdId: idOf('household', 1), role: 'partner' }] } },
      },
    },
    refused: 'household/no-head',
  },
  {
    title: 'refuses an initiative that would end before it begins',
    by: supervisorId,
    call: { name: 'initiative/add', args: { ...gala, toOn: '2029-12-31' } },
    refused: 'initiative/dates',
  },
  {
    title: 'adds an initiative of one day',
    by: supervisorId,
    call: { name: 'initiative/add', args: gala },
    holds: async (host) => expect(await host.find('initiatives', gala.id)).toMatchObject({ name: 'Gala', rev: 1 }),
  },
]
