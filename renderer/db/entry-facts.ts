import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'

/**
 * What lists, cadences and counts need of an entry. Of 100,000 entries only this stays in memory as objects; a whole
 * entry fits the type as well.
 */
export type EntryFacts = Pick<
  ContactEntry,
  'id' | 'householdId' | 'authorId' | 'state' | 'occurredAtMs' | 'recordedAtMs' | 'zone' | 'direction' | 'isReached' | 'channel' | 'initiativeId'
>

export const factsOf = (row: ContactEntry): EntryFacts => ({
  id: row.id,
  householdId: row.householdId,
  authorId: row.authorId,
  state: row.state,
  occurredAtMs: row.occurredAtMs,
  recordedAtMs: row.recordedAtMs,
  zone: row.zone,
  direction: row.direction,
  isReached: row.isReached,
  channel: row.channel,
  initiativeId: row.initiativeId,
})
