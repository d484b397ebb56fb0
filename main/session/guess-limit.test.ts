import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createVault } from '../vault/vault.ts'
import { aSession } from '../vault/vault-fixture.ts'
import { GuessLimit, waitAfter } from './guess-limit.ts'

const HOUR_MS = 3_600_000

async function aVault() {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-guess-'))
  await createVault(folder, 'correct horse', undefined, aSession, Buffer.alloc(32, 7))
  let nowMs = 1_000_000
  const limit = new GuessLimit(() => nowMs)
  /** One guess, after having waited for long enough, by an app that was started anew. */
  const guess = async (passphrase: string, app = new GuessLimit(() => nowMs)) => {
    nowMs += HOUR_MS
    const opened = await app.open(folder, passphrase, undefined)
    return opened.ok ? 'opened' : opened.error.code
  }
  return { folder, limit, guess }
}

test('the tenth wrong passphrase erases the wrapped keys, also when the app is killed after each', async () => {
  const { folder, guess } = await aVault()
  for (let i = 1; i <= 9; i++) expect(await guess(`wrong ${i}`)).toBe('session/wrong-passphrase')
  expect(await guess('wrong 10')).toBe('session/keys-erased')
  expect(JSON.parse(await readFile(join(folder, 'header.json'), 'utf8')).wrapped).toBeNull()
  expect(await guess('correct horse')).toBe('session/keys-erased')
})

test.each([
  [0, 9],
  [8, 1],
])('after %i wrong ones, one more leaves %i, which the person is told', async (count, left) => {
  const { folder } = await aVault()
  await writeFile(join(folder, 'guesses.json'), JSON.stringify({ count, lastAtMs: 0 }))
  const opened = await new GuessLimit(() => HOUR_MS).open(folder, 'wrong', undefined)
  expect(opened).toMatchObject({ ok: false, error: { code: 'session/wrong-passphrase', params: { left } } })
})

test('a guess counts from before it is tried: a kill in between saves none', async () => {
  const { folder, guess } = await aVault()
  await writeFile(join(folder, 'guesses.json'), JSON.stringify({ count: 10, lastAtMs: 0 }))
  expect(await guess('correct horse')).toBe('session/keys-erased')
})

test('the right passphrase clears the count', async () => {
  const { guess, limit } = await aVault()
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 8; i++) expect(await guess('wrong', limit)).toBe('session/wrong-passphrase')
    expect(await guess('correct horse', limit)).toBe('opened')
  }
})

test.each([
  [4, 0],
  [5, 30_000],
  [6, 60_000],
  [9, 480_000],
  [12, 900_000],
])('after %i wrong ones the next waits %i ms', (count, waitMs) => {
  expect(waitAfter({ count, lastAtMs: 5_000 }, 5_000)).toBe(waitMs)
  expect(waitAfter({ count, lastAtMs: 5_000 }, 5_000 + waitMs)).toBe(0)
  expect(waitAfter({ count, lastAtMs: 5_000 }, 0)).toBe(waitMs) // the clock was set back
})

test('a guess within the wait is not tried and does not count', async () => {
  const { folder, limit } = await aVault()
  await writeFile(join(folder, 'guesses.json'), JSON.stringify({ count: 6, lastAtMs: 1_000_000 }))
  const opened = await limit.open(folder, 'correct horse', undefined)
  expect(opened).toMatchObject({ ok: false, error: { code: 'session/locked-out', params: { retryAfterSeconds: 60 } } })
  expect(JSON.parse(await readFile(join(folder, 'guesses.json'), 'utf8')).count).toBe(6)
})
