import { makeEntry } from './firm-plan.ts'
import type { Random } from './random.ts'

/** A call of 'contact/log' as a person would make it. */
export function logCall(random: Random, householdId: string, authorId: string, atMs = Date.now() - 3_600_000): { readonly name: 'contact/log'; readonly args: object } {
  const {
    id,
    channel,
    direction,
    occurredAtMs: _,
    zone,
    lengthMinutes,
    place,
    isReached,
    purpose,
    subject,
    note,
    initiativeId,
  } = makeEntry(random, householdId, authorId, [], atMs)
  const stated = { channel, direction, occurredAtMs: atMs, zone, lengthMinutes, place, personIds: [], colleagueIds: [authorId], isReached, purpose, subject, note, initiativeId }
  return { name: 'contact/log', args: { id, householdId, ...stated, isConfidential: false, followUps: [], claims: [] } }
}
