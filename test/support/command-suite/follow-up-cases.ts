import { expect } from 'vitest'
import type { AnyCall } from '../../../renderer/commands/any-call.ts'
import { must } from '../../../shared/lib/must.ts'
import { advisorId } from '../firm-rows.ts'
import { idOf } from '../test-id.ts'
import { type Case, followUpId, newFollowUp } from './command-case.ts'

const addFollowUp: AnyCall = { name: 'follow-up/add', args: { ...newFollowUp, householdId: idOf('household', 1) } }
export const followUpCases: readonly Case[] = [
  {
    title: 'completes a follow-up',
    given: [[advisorId, addFollowUp]],
    call: { name: 'follow-up/complete', args: { id: followUpId } },
    holds: async (host) => expect(must(await host.find('followUps', followUpId), 'follow-up')).toMatchObject({ state: 'done', rev: 2, doneAtMs: expect.any(Number) }),
  },
  {
    title: 'refuses to complete one twice',
    given: [
      [advisorId, addFollowUp],
      [advisorId, { name: 'follow-up/complete', args: { id: followUpId } }],
    ],
    call: { name: 'follow-up/complete', args: { id: followUpId } },
    refused: 'follow-up/done',
  },
  {
    title: 'snoozes one to another day',
    given: [[advisorId, addFollowUp]],
    call: { name: 'follow-up/snooze', args: { id: followUpId, edits: { dueOn: { from: '2030-06-12', to: '2030-06-15' } } } },
    holds: async (host) => expect(await host.find('followUps', followUpId)).toMatchObject({ dueOn: '2030-06-15' }),
  },
  {
    title: 'refuses to reopen one that is open',
    given: [[advisorId, addFollowUp]],
    call: { name: 'follow-up/reopen', args: { id: followUpId } },
    refused: 'follow-up/not-done',
  },
]
