import { expect, test } from 'vitest'
import { syncExplanationOf, syncWordOf } from './sync-words.ts'

test.each([
  ['online', 0, false, 'upToDate'],
  ['online', 0, true, 'sent'],
  ['online', 3, true, 'savedHere'],
  ['offline', 0, true, 'offline'],
  ['offline', 3, false, 'offlineWithUnsent'],
  ['signInNeeded', 3, false, 'signInNeeded'],
  ['clientTooOld', 0, false, 'clientTooOld'],
] as const)('%s with %i unsent (just sent: %s) reads %s', (connection, unsent, wasJustSent, word) => {
  expect(syncWordOf(connection, unsent, wasJustSent)).toBe(word)
})

test('work that waits is explained as safe here while online', () => {
  expect(syncExplanationOf('online', 1)).toBe('explainSending')
  expect(syncExplanationOf('online', 0)).toBe('explainOnline')
})

test('a laptop to which records are on their way is not up to date', () => {
  expect(syncWordOf('online', 0, false, true)).toBe('fetching')
  expect(syncWordOf('online', 2, false, true)).toBe('savedHere')
  expect(syncWordOf('offline', 0, false, true)).toBe('offline')
  expect(syncExplanationOf('online', 0, true)).toBe('explainFetching')
})
