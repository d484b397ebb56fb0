import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { appError } from '../../shared/errors/error-codes.ts'
import { Journal } from './journal.ts'
import { type JournalFile, openJournalFile } from './journal-file.ts'
import { aCommand, aJournalPath, journalKey, numbersOf, openJournal, unwrap } from './journal-fixture.ts'

const DAY_MS = 86_400_000

test('[J3] numbers go up without gaps, and a known id keeps its own', async () => {
  const path = await aJournalPath()
  const journal = await openJournal(path)
  expect(unwrap(await journal.append([aCommand(1), aCommand(2)])).map(({ n }) => n)).toEqual([1, 2])
  expect(unwrap(await journal.append([aCommand(2), aCommand(3)])).map(({ n }) => n)).toEqual([2, 3])
  await journal.close()
  const reopened = await openJournal(path)
  expect(reopened.listOpen()).toMatchObject([1, 2, 3].map((n) => ({ ...aCommand(n), n, status: 'saved', error: null })))
  expect(unwrap(await reopened.append([aCommand(4)]))).toMatchObject([{ n: 4 }])
})

test('[B6] remembers over a restart and a compaction what is from before a restore', async () => {
  const path = await aJournalPath()
  let nowMs = 5_000
  const options = { nowMs: () => nowMs, leastKept: 0 }
  const journal = await openJournal(path, options)
  await journal.append([aCommand(1), aCommand(2), aCommand(3)])
  await journal.recordOutcomes([1, 2].map((n) => ({ n, id: aCommand(n).id, status: 'applied', error: null })))
  await journal.settle(1)
  nowMs = 20 * DAY_MS
  await journal.settle(2)
  await journal.recordOutcomes([{ n: 3, id: aCommand(3).id, status: 'refused', error: appError('access/role') }])
  await journal.noteRestored()
  await journal.append([aCommand(4)])
  await journal.close()
  nowMs = 40 * DAY_MS // the first was settled more than 35 days ago, but the server went back 20 days ago
  const reopened = await openJournal(path, options)
  expect([1, 2, 3, 4].map((n) => reopened.find(aCommand(n).id)?.restoredAtMs)).toEqual([20 * DAY_MS, 20 * DAY_MS, null, null])
  await reopened.close()
  nowMs = 55 * DAY_MS + 1
  const compacted = await openJournal(path, options)
  expect([1, 2, 3, 4].map((n) => compacted.find(aCommand(n).id) !== undefined)).toEqual([false, false, true, true])
})

test('[J3] starts after what the server had of this device', async () => {
  const journal = await openJournal(await aJournalPath(), { registeredLastN: 40 })
  expect(unwrap(await journal.append([aCommand(1)]))).toMatchObject([{ n: 41 }])
})

test('[J3] two writers at once get different numbers in the order of their calls', async () => {
  const path = await aJournalPath()
  const journal = await openJournal(path)
  const calls = Array.from({ length: 40 }, (_, i) => journal.append([aCommand(2 * i), aCommand(2 * i + 1)]))
  const numbers = (await Promise.all(calls)).flatMap((items) => unwrap(items).map(({ n }) => n))
  expect(numbers).toEqual(Array.from({ length: 80 }, (_, i) => i + 1))
  await journal.close()
  expect(numbersOf(await openJournal(path))).toEqual(numbers)
})

test('[J2] a last frame torn at any byte is cut off and all before it stays', async () => {
  const path = await aJournalPath()
  const journal = await openJournal(path)
  await journal.append([aCommand(1), aCommand(2)])
  const goodBytes = (await stat(path)).size
  await journal.append([aCommand(3)])
  await journal.close()
  const whole = await readFile(path)
  for (let length = goodBytes; length < whole.length; length++) {
    await writeFile(path, whole.subarray(0, length))
    const torn = await openJournal(path)
    expect([length, numbersOf(torn), torn.damage]).toEqual([length, [1, 2], null])
    expect(unwrap(await torn.append([aCommand(4)]))).toMatchObject([{ n: 3 }])
    await torn.close()
    expect(numbersOf(await openJournal(path))).toEqual([1, 2, 3])
  }
})

test('[J2] nothing of a long torn frame is left behind a shorter one that takes its place', async () => {
  const path = await aJournalPath()
  const journal = await openJournal(path)
  await journal.append([aCommand(1)])
  await journal.append([{ ...aCommand(2), args: { text: 'long '.repeat(200) } }])
  await journal.close()
  await truncate(path, (await stat(path)).size - 1)
  const torn = await openJournal(path)
  await torn.append([aCommand(3)])
  await torn.close()
  const reopened = await openJournal(path)
  expect([numbersOf(reopened), reopened.damage]).toEqual([[1, 2], null])
})

test('[J2] a tail of zeros, which a file system may leave after a power cut, is cut off', async () => {
  const path = await aJournalPath()
  const journal = await openJournal(path)
  await journal.append([aCommand(1)])
  await journal.close()
  await truncate(path, (await stat(path)).size + 300)
  const reopened = await openJournal(path)
  expect([numbersOf(reopened), reopened.damage]).toEqual([[1], null])
})

test('[J2] a flipped byte anywhere is reported, the file kept and the readable beginning used', async () => {
  const path = await aJournalPath()
  const journal = await openJournal(path)
  const ends: number[] = []
  for (const i of [1, 2, 3]) {
    await journal.append([aCommand(i)])
    ends.push((await stat(path)).size)
  }
  await journal.close()
  const whole = await readFile(path)
  for (let at = 0; at < whole.length; at += at < 21 ? 1 : 9) {
    const changed = Buffer.from(whole)
    changed[at] = (changed[at] ?? 0) ^ 0x40
    await writeFile(path, changed)
    const damaged = await openJournal(path)
    expect([at, numbersOf(damaged)]).toEqual([at, [1, 2, 3].filter((n) => (ends[n - 1] ?? 0) <= at)])
    expect(await readFile(damaged.damage?.keptAs ?? '')).toEqual(changed)
    await damaged.close()
  }
  expect((await readdir(dirname(path))).filter((name) => name.includes('.damaged-'))).toHaveLength(1) // same clock, same name
})

test('[J2] numbering goes on above what the damaged part had used', async () => {
  const path = await aJournalPath()
  const journal = await openJournal(path)
  await journal.append([aCommand(1)])
  const middle = (await stat(path)).size + 60
  for (const i of [2, 3, 4]) await journal.append([aCommand(i)])
  await journal.close()
  const bytes = await readFile(path)
  bytes[middle] = (bytes[middle] ?? 0) ^ 1
  await writeFile(path, bytes)
  const damaged = await openJournal(path)
  expect(numbersOf(damaged)).toEqual([1])
  await damaged.close()
  expect(unwrap(await (await openJournal(path)).append([aCommand(9)]))).toMatchObject([{ n: 5 }])
})

test('[J1] a full disk answers with an error, leaves no trace, and later appends work', async () => {
  const path = await aJournalPath()
  let roomBytes = Number.POSITIVE_INFINITY
  const openFile = async (name: string): Promise<JournalFile> => {
    const file = await openJournalFile(name)
    return { ...file, write: (bytes, at) => (bytes.length > roomBytes ? failAfter(file, bytes.subarray(0, roomBytes), at) : file.write(bytes, at)) }
  }
  const journal = await openJournal(path, { openFile })
  await journal.append([aCommand(1)])
  roomBytes = 50
  expect(await journal.append([aCommand(2), aCommand(3)])).toEqual({ ok: false, error: appError('storage/write-failed', { reason: 'ENOSPC' }) })
  expect(numbersOf(journal)).toEqual([1])
  roomBytes = Number.POSITIVE_INFINITY
  expect(unwrap(await journal.append([aCommand(4)]))).toMatchObject([{ n: 2 }])
  await journal.close()
  expect(numbersOf(await openJournal(path))).toEqual([1, 2])
})

async function failAfter(file: JournalFile, bytes: Uint8Array, at: number): Promise<never> {
  await file.write(bytes, at)
  throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
}

test('[J1] a failed fdatasync does not count as saved', async () => {
  const path = await aJournalPath()
  let isFailing = false
  const openFile = async (name: string): Promise<JournalFile> => {
    const file = await openJournalFile(name)
    return { ...file, datasync: () => (isFailing ? Promise.reject(Object.assign(new Error('i/o'), { code: 'EIO' })) : file.datasync()) }
  }
  const journal = await openJournal(path, { openFile })
  isFailing = true
  expect(await journal.append([aCommand(1)])).toMatchObject({ ok: false, error: { code: 'storage/write-failed' } })
  isFailing = false
  expect(unwrap(await journal.append([aCommand(2)]))).toMatchObject([{ n: 1 }])
  await journal.close()
  expect((await openJournal(path)).listOpen()).toMatchObject([{ id: aCommand(2).id }])
})

test('[J2] a disk that refuses to cut a torn frame keeps the journal closed, with no handle left open; the next opening cuts it', async () => {
  const path = await aJournalPath()
  const journal = await openJournal(path)
  await journal.append([aCommand(1), aCommand(2)])
  await journal.close()
  await truncate(path, (await stat(path)).size - 1)
  let open = 0
  const openFile = async (name: string): Promise<JournalFile> => {
    const file = await openJournalFile(name)
    open++
    const truncateFailing = () => Promise.reject(Object.assign(new Error('i/o'), { code: 'EIO' }))
    return { ...file, truncate: truncateFailing, close: () => file.close().finally(() => open--) }
  }
  const refused = await Journal.open({ path, key: journalKey, registeredLastN: 0, nowMs: () => 5_000, openFile })
  expect(refused).toEqual({ ok: false, error: appError('storage/write-failed', { reason: 'EIO' }) })
  expect(open).toBe(0)
  expect(numbersOf(await openJournal(path))).toEqual([1])
})

test('[J5] applied commands are listed until they are settled, refused ones until they are discarded', async () => {
  const path = await aJournalPath()
  const journal = await openJournal(path)
  await journal.append([aCommand(1), aCommand(2), aCommand(3)])
  const error = appError('conflict/field', { field: 'name' })
  await journal.recordOutcomes([
    { n: 1, id: aCommand(1).id, status: 'applied', error: null },
    { n: 2, id: aCommand(2).id, status: 'refused', error },
  ])
  await journal.settle(3) // 3 has no answer yet and stays
  expect(journal.listOpen()).toMatchObject([
    { n: 2, status: 'refused', error },
    { n: 3, status: 'saved' },
  ])
  expect(await journal.discard(aCommand(3).id)).toMatchObject({ ok: false, error: { code: 'request/malformed' } })
  await journal.discard(aCommand(2).id)
  await journal.close()
  expect(numbersOf(await openJournal(path))).toEqual([3])
})

test('[P2] commands that the server lacks get the numbers after its last one', async () => {
  const path = await aJournalPath()
  const journal = await openJournal(path, { registeredLastN: 15 })
  await journal.append([aCommand(1), aCommand(2)])
  await journal.renumberAfter(13)
  expect(numbersOf(journal)).toEqual([14, 15])
  expect(unwrap(await journal.append([aCommand(3)]))).toMatchObject([{ n: 16 }])
  await journal.renumberAfter(30)
  await journal.close()
  const reopened = await openJournal(path)
  expect(reopened.listOpen().map(({ id, n }) => [id, n])).toEqual([1, 2, 3].map((i) => [aCommand(i).id, 30 + i]))
})

test('nothing of a command is on the disk in clear, and another key opens nothing', async () => {
  const path = await aJournalPath()
  const journal = await openJournal(path)
  await journal.append([aCommand(1)])
  await journal.close()
  const bytes = await readFile(path)
  for (const text of ['Call 1', 'contact/log', aCommand(1).id]) expect(bytes.includes(text)).toBe(false)
  const other = unwrap(await Journal.open({ path, key: Buffer.alloc(32, 8), registeredLastN: 0, nowMs: () => 1 }))
  expect([numbersOf(other), other.damage === null]).toEqual([[], false])
  expect(journalKey).toHaveLength(32)
})
