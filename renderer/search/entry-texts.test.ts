import fc from 'fast-check'
import { expect, test } from 'vitest'
import { entryRow } from '../../test/support/firm-rows.ts'
import { EntryTexts } from './entry-texts.ts'

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 })
const step = fc.oneof(
  fc.record({ words: fc.array(letters, { minLength: 1, maxLength: 2 }), limit: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ note: letters, atMs: fc.nat(20) }),
)

test('whatever was searched before, finds what a fresh search finds', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const kept = new EntryTexts()
      const added: ReturnType<typeof entryRow>[] = []
      for (const now of steps) {
        if ('note' in now) {
          const row = entryRow(added.length + 1, 1, { subject: '', place: '', note: now.note, occurredAtMs: now.atMs })
          added.push(row)
          kept.add(1, row)
          continue
        }
        const fresh = new EntryTexts()
        for (const row of added) fresh.add(1, row)
        expect(kept.find(now.words, now.limit)).toEqual(fresh.find(now.words, now.limit))
      }
    }),
    { numRuns: 3_000 },
  )
})
