import { expect, test } from 'vitest'
import { countEntries } from './count-entries.ts'

test('counts a contact with its follow-ups and outcomes, any other change as one', () => {
  expect(countEntries({ id: 'e1', followUps: [{}], claims: [{}, {}] })).toBe(4)
  expect(countEntries({ id: 'f1', title: 'Send the offer' })).toBe(1)
  expect(countEntries(null)).toBe(1)
})
