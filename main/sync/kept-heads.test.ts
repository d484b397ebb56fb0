import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { journalKey } from '../outbox/journal-fixture.ts'
import { KeptHeads } from './kept-heads.ts'
import { aDevice } from './sync-fixture.ts'

const hash = (letter: string): string => letter.repeat(64)
const aPath = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'rapport-heads-')), 'heads.sealed')
const openHeads = (path: string, nowMs = () => 1_000) => KeptHeads.open({ path, key: journalKey, nowMs })

test('[K1] a history that contains the head which was kept is the same; one that does not is told, for good', async () => {
  const path = await aPath()
  const heads = await openHeads(path)
  expect(await heads.take('one', { size: 5, hash: hash('a'), hashAtNamed: null }, undefined)).toBe('same-history')
  expect(await heads.take('one', { size: 9, hash: hash('b'), hashAtNamed: hash('a') }, heads.last)).toBe('same-history')
  expect(heads.alarm).toBeNull()
  expect(await heads.take('one', { size: 12, hash: hash('c'), hashAtNamed: hash('x') }, heads.last)).toBe('history-changed')
  expect(heads.last).toMatchObject({ size: 9 })
  expect((await openHeads(path)).alarm).toMatchObject({ size: 9, hash: hash('b') })
})

test('[K1] a history that became shorter is told', async () => {
  const heads = await openHeads(await aPath())
  await heads.take('one', { size: 5, hash: hash('a'), hashAtNamed: null }, undefined)
  expect(await heads.take('one', { size: 4, hash: hash('d'), hashAtNamed: null }, heads.last)).toBe('history-changed')
})

test('[K3] another epoch is a restore that was announced, no alarm, and ends an older one', async () => {
  const heads = await openHeads(await aPath())
  await heads.take('one', { size: 5, hash: hash('a'), hashAtNamed: null }, undefined)
  await heads.take('one', { size: 6, hash: hash('b'), hashAtNamed: hash('x') }, heads.last)
  expect(await heads.take('two', { size: 3, hash: hash('c'), hashAtNamed: null }, heads.last)).toBe('new-epoch')
  expect(heads.alarm).toBeNull()
  expect(heads.list().map(({ epoch, size }) => [epoch, size])).toEqual([
    ['one', 5],
    ['two', 3],
  ])
})

test('[K1] of a day the first and the last head stay, and they go out as lines', async () => {
  let nowMs = 0
  const heads = await openHeads(await aPath(), () => nowMs)
  for (let size = 1; size <= 40; size++) {
    nowMs += 3_600_000
    await heads.take('one', { size, hash: hash('a'), hashAtNamed: hash('a') }, heads.last)
  }
  expect(heads.list().length).toBeLessThan(6)
  expect(heads.last).toMatchObject({ size: 40 })
  expect(
    heads
      .exportText()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(heads.list())
})

test('[K1] a clock that was put back does not keep newer heads from the disk', async () => {
  let nowMs = 10 * 365 * 24 * 3_600_000
  const path = await aPath()
  const heads = await openHeads(path, () => nowMs)
  await heads.take('one', { size: 5, hash: hash('a'), hashAtNamed: null }, undefined)
  nowMs = 1_000
  await heads.take('one', { size: 6, hash: hash('b'), hashAtNamed: hash('a') }, heads.last)
  await vi.waitFor(async () => expect((await openHeads(path)).last).toMatchObject({ size: 6 }))
})

test('[K1] the person sees the alarm, and work goes on', async () => {
  const { server, journal, sync } = await aDevice({ heads: await openHeads(await aPath()) })
  await sync.pull({ cursor: null, scopeHash: null, sinceN: 0 })
  expect(sync.status().error).toBeNull()
  server.head = { size: 7, hash: hash('b'), hashAtNamed: hash('c') }
  await sync.pull({ cursor: 1, scopeHash: null, sinceN: 0 })
  expect(sync.status().error).toEqual({ code: 'sync/history-changed', params: { size: 1 } })
  await journal.append([{ id: '00000000-0000-7000-8000-000000000001', name: 'contact/log', version: 1, args: {}, madeAtMs: 1 }])
  sync.start()
  await vi.waitFor(() => expect(sync.status().unsentCount).toBe(0), { timeout: 10_000 })
  expect(sync.status().error).toMatchObject({ code: 'sync/history-changed' })
})

test('[K1] an answer that arrives after the app was locked is not sealed under the erased key', async () => {
  const path = await aPath()
  const key = Buffer.from(journalKey)
  const heads = await KeptHeads.open({ path, key, nowMs: () => 1_000 })
  await heads.take('one', { size: 5, hash: hash('a'), hashAtNamed: null }, undefined)
  await heads.close()
  key.fill(0)
  await heads.take('two', { size: 9, hash: hash('b'), hashAtNamed: null }, heads.last)
  expect((await openHeads(path)).last).toMatchObject({ epoch: 'one', size: 5 })
})
