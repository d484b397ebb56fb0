import { expect, test } from 'vitest'
import { appError } from '../../shared/errors/error-codes.ts'
import { aCommand, aJournalPath, numbersOf, openJournal, unwrap } from './journal-fixture.ts'

const DAY_MS = 86_400_000

test('keeps settled commands for 35 days, then drops them and keeps the count', async () => {
  const path = await aJournalPath()
  let nowMs = 1_000_000
  const options = { nowMs: () => nowMs, leastKept: 0 }
  const journal = await openJournal(path, options)
  await journal.append([aCommand(1), aCommand(2)])
  await journal.recordOutcomes([1, 2].map((n) => ({ n, id: aCommand(n).id, status: 'applied', error: null })))
  await journal.settle(1)
  nowMs += 20 * DAY_MS
  await journal.settle(2)
  await journal.close()

  nowMs += 20 * DAY_MS
  const later = await openJournal(path, options)
  expect(later.listAfter(0, 10).map(({ n }) => n)).toEqual([2])
  await later.append([aCommand(3)])
  await later.close()

  nowMs += 20 * DAY_MS
  const last = await openJournal(path, options)
  expect(last.listAfter(0, 10).map(({ n }) => n)).toEqual([3])
  expect(unwrap(await last.append([aCommand(4)]))).toMatchObject([{ n: 4 }])
})

test('[B5] a clock that runs ahead does not drop the newest settled commands, which a restored server may lack', async () => {
  const path = await aJournalPath()
  let nowMs = 1_000_000
  const options = { nowMs: () => nowMs, leastKept: 2 }
  const journal = await openJournal(path, options)
  await journal.append([1, 2, 3, 4].map(aCommand))
  await journal.recordOutcomes([1, 2, 3].map((n) => ({ n, id: aCommand(n).id, status: 'applied', error: null })))
  await journal.recordOutcomes([{ n: 4, id: aCommand(4).id, status: 'refused', error: appError('access/role') }])
  await journal.settle(3)
  await journal.discard(aCommand(4).id)
  await journal.close()
  nowMs += 3_650 * DAY_MS
  const ahead = await openJournal(path, options)
  expect(ahead.listAfter(0, 10).map(({ n }) => n)).toEqual([2, 3])
  await ahead.close()
  expect((await openJournal(path, { nowMs: () => nowMs })).listAfter(0, 10).map(({ n }) => n)).toEqual([2, 3])
})

test('[J5] what was put aside is kept for 35 days, over restarts too, with its text and reason', async () => {
  const path = await aJournalPath()
  let nowMs = 5_000
  const options = { nowMs: () => nowMs }
  const journal = await openJournal(path, options)
  await journal.append([aCommand(1), aCommand(2)])
  const error = appError('access/role')
  await journal.recordOutcomes([1, 2].map((n) => ({ n, id: aCommand(n).id, status: 'refused', error })))
  await journal.discard(aCommand(2).id)
  const kept = [{ ...aCommand(2), n: 2, status: 'refused', error, discardedAtMs: 5_000 }]
  expect([numbersOf(journal), journal.listDiscarded()]).toEqual([[1], kept])
  await journal.close()
  nowMs = 34 * DAY_MS
  const later = await openJournal(path, options)
  expect(later.listDiscarded()).toEqual(kept)
  await later.close()
  nowMs = 36 * DAY_MS
  expect((await openJournal(path, options)).listDiscarded()).toEqual([])
})
