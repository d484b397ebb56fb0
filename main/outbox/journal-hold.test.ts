import { copyFile, stat } from 'node:fs/promises'
import { expect, test, vi } from 'vitest'
import { type JournalFile, openJournalFile } from './journal-file.ts'
import { aCommand, aJournalPath, numbersOf, openJournal, unwrap } from './journal-fixture.ts'

const bytesOf = async (path: string): Promise<number> => (await stat(path)).size

test('[J1] a held command is on the disk when that is answered, and counts when its page has stored it', async () => {
  const path = await aJournalPath()
  const journal = await openJournal(path)
  const before = await bytesOf(path)
  expect(unwrap(await journal.hold(aCommand(1)))).toMatchObject({ ...aCommand(1), n: 1, status: 'saved' })
  expect(await bytesOf(path)).toBeGreaterThan(before)
  expect([numbersOf(journal), journal.listAfter(0, 9), journal.countUnsent(0), journal.find(aCommand(1).id)]).toEqual([[], [], 0, undefined])
  expect(await journal.decide(aCommand(1).id, true)).toBe(true)
  expect([numbersOf(journal), journal.countUnsent(0)]).toEqual([[1], 1])
  expect(unwrap(await journal.hold(aCommand(2)))).toMatchObject({ n: 2 })
  await journal.decide(aCommand(2).id, true)
  await journal.close()
  expect(numbersOf(await openJournal(path))).toEqual([1, 2])
})

test('[J1] [J3] what its page could not store is off the disk when that is answered, and its number is free', async () => {
  const path = await aJournalPath()
  const journal = await openJournal(path)
  await journal.append([aCommand(1)])
  const before = await bytesOf(path)
  await journal.hold(aCommand(2))
  const held = await bytesOf(path)
  expect(await journal.decide(aCommand(2).id, false)).toBe(false)
  expect(await bytesOf(path)).toBeLessThan(before + (held - before) * 0.75) // a short frame says that it was given up
  expect(numbersOf(journal)).toEqual([1])
  expect(unwrap(await journal.append([aCommand(3)]))).toMatchObject([{ n: 2 }])
  await journal.close()
  expect((await openJournal(path)).listOpen()).toMatchObject([{ id: aCommand(1).id }, { id: aCommand(3).id, n: 2 }])
})

test('[J1] [J4] what a person was told is not saved is not taken when their database brings it back, for 35 days', async () => {
  const path = await aJournalPath()
  let nowMs = 5_000
  const options = { nowMs: () => nowMs, leastKept: 0 }
  const journal = await openJournal(path, options)
  await journal.append([aCommand(1)])
  await journal.recordOutcomes([{ n: 1, id: aCommand(1).id, status: 'applied', error: null }])
  await journal.settle(1)
  await journal.decide(aCommand(2).id, false) // the disk had not taken the frame, or had not been asked
  await journal.hold(aCommand(3))
  await journal.decide(aCommand(3).id, false)
  await journal.close()
  for (const days of [1, 34, 36]) {
    nowMs = 5_000 + days * 86_400_000
    const again = await openJournal(path, options)
    const isForgotten = days > 35
    const appended = unwrap(await again.append([aCommand(2), aCommand(3)]))
    expect(appended.map(({ n }) => n)).toEqual(isForgotten ? [2, 3] : [])
    if (!isForgotten) expect(await again.hold(aCommand(3))).toMatchObject({ ok: false, error: { code: 'storage/write-failed' } })
    await again.close()
  }
})

test('[J1] stays where the process ends before anybody was told', async () => {
  const path = await aJournalPath()
  const journal = await openJournal(path)
  await journal.hold(aCommand(1))
  await copyFile(path, `${path}.crashed`)
  expect(numbersOf(await openJournal(`${path}.crashed`))).toEqual([1])
})

test('[J1] stays where its page is gone, the journal is closed, or the page says nothing for ten seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const path = await aJournalPath()
  const journal = await openJournal(path)
  await journal.hold(aCommand(1))
  journal.letGo()
  await journal.hold(aCommand(2))
  expect(numbersOf(journal)).toEqual([1])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await journal.decide(aCommand(2).id, false)).toBe(true) // too late to take it back, and the page is told so
  await journal.hold(aCommand(3))
  const behind = journal.hold(aCommand(4)) // is being written when the journal closes
  await journal.close() // no timer goes off any more
  vi.useRealTimers()
  expect(unwrap(await behind)).toMatchObject({ n: 4 })
  expect(numbersOf(await openJournal(path))).toEqual([1, 2, 3, 4])
})

test('[J1] what its page gave up on before the disk had answered is not kept, though the page is gone when it does', async () => {
  const path = await aJournalPath()
  const disk = Promise.withResolvers<void>()
  const slow = vi.fn(() => disk.promise)
  const openFile = async (name: string): Promise<JournalFile> => {
    const file = await openJournalFile(name)
    return { ...file, write: (bytes, at) => slow().then(() => file.write(bytes, at)) }
  }
  const journal = await openJournal(path, { openFile })
  const writing = journal.hold(aCommand(1))
  await vi.waitFor(() => expect(slow).toHaveBeenCalledOnce())
  const first = journal.decide(aCommand(1).id, false)
  const waiting = journal.hold(aCommand(2))
  const takenBack = Promise.all([first, journal.decide(aCommand(2).id, false)])
  journal.letGo()
  disk.resolve()
  expect(await takenBack).toEqual([false, false])
  expect([(await writing).ok, await waiting]).toMatchObject([true, { ok: false, error: { code: 'storage/write-failed' } }])
  expect(unwrap(await journal.append([aCommand(3)]))).toMatchObject([{ n: 1 }])
  await journal.close()
  expect((await openJournal(path)).listOpen()).toMatchObject([{ id: aCommand(3).id, n: 1 }])
})

test('[J1] a page that is gone before its command is written holds up nobody', async () => {
  const journal = await openJournal(await aJournalPath())
  const writing = journal.hold(aCommand(1))
  expect(await journal.hold(aCommand(1))).toMatchObject({ ok: false, error: { code: 'request/malformed' } })
  journal.letGo()
  expect(unwrap(await writing)).toMatchObject({ n: 1 })
  expect(unwrap(await journal.append([aCommand(2)]))).toMatchObject([{ n: 2 }])
})

test('[J2] nothing is written behind a held command', async () => {
  const journal = await openJournal(await aJournalPath())
  await journal.append([aCommand(1)])
  await journal.hold(aCommand(2))
  const others = Promise.all([journal.append([aCommand(3)]), journal.recordOutcomes([{ n: 1, id: aCommand(1).id, status: 'applied', error: null }])])
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(journal.listOpen()).toMatchObject([{ n: 1, status: 'saved' }])
  await journal.decide(aCommand(2).id, false)
  await others
  expect(journal.listOpen()).toMatchObject([
    { n: 1, status: 'applied' },
    { id: aCommand(3).id, n: 2 },
  ])
})

test('[J3] one that is journalled already is not written again, and nobody takes it back', async () => {
  const journal = await openJournal(await aJournalPath())
  await journal.append([aCommand(1)])
  expect(unwrap(await journal.hold(aCommand(1)))).toMatchObject({ n: 1 })
  expect(await journal.decide(aCommand(1).id, false)).toBe(true)
  expect(await journal.decide(aCommand(9).id, false)).toBe(false)
  expect(numbersOf(journal)).toEqual([1])
})

test('[J1] a disk that takes neither the frame nor the cut: nothing is sent, and it is cut before anything else is written, or at closing', async () => {
  const path = await aJournalPath()
  let isFailing = false
  const failing = () => Promise.reject(Object.assign(new Error('i/o'), { code: 'EIO' }))
  const openFile = async (name: string): Promise<JournalFile> => {
    const file = await openJournalFile(name)
    return { ...file, write: (bytes, at) => (isFailing ? failing() : file.write(bytes, at)), truncate: (length) => (isFailing ? failing() : file.truncate(length)) }
  }
  const journal = await openJournal(path, { openFile })
  for (const i of [1, 2]) {
    await journal.hold(aCommand(i))
    isFailing = true
    expect([await journal.decide(aCommand(i).id, false), numbersOf(journal)]).toEqual([false, []])
    expect(await journal.hold(aCommand(9))).toMatchObject({ ok: false, error: { code: 'storage/write-failed' } })
    isFailing = false
  }
  await journal.close()
  expect(numbersOf(await openJournal(path))).toEqual([])
})

test('[J2] a page that has many held holds up the rest no longer than with one', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const journal = await openJournal(await aJournalPath())
  const ids = Array.from({ length: 20 }, (_, i) => i + 1)
  const holding = Promise.all(ids.map((i) => journal.hold(aCommand(i))))
  const other = journal.append([aCommand(99)])
  await holding
  await vi.advanceTimersByTimeAsync(10_000)
  expect(unwrap(await other)).toMatchObject([{ n: 21 }])
  vi.useRealTimers()
  expect(numbersOf(journal)).toEqual([...ids, 21])
})
