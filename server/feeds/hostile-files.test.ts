import { expect, test } from 'vitest'
import { errorCatalog } from '../../shared/errors/error-catalog.ts'
import { bombs, mutatedFile } from '../../test/walls/hostile-files.ts'
import { createFeedReader } from './read-apart.ts'
import { readStatementFile } from './read-statement-file.ts'

const seed = Number(process.env['FEED_SEED'] ?? Date.now() % 2 ** 31)
const count = Number(process.env['ATTACK_FILES'] ?? 500)
console.info(`FEED_SEED=${seed}`)

const isClean = () => !('polluted' in {}) && Object.getOwnPropertyNames(Object.prototype).length === 12

test.each(bombs)(
  '[T9] $name is refused with $code',
  ({ bytes, code }) => {
    const startedMs = performance.now()
    expect(readStatementFile(bytes())).toMatchObject({ ok: false, error: { code } })
    expect(performance.now() - startedMs, 'far from the 30 s at which it would be ended').toBeLessThan(15_000)
    expect(Object.keys(errorCatalog)).toContain(code)
    expect(isClean()).toBe(true)
  },
  40_000,
)

test(
  `[T9] ${count} mutated files: each is read or refused with a code of the catalog, and none hangs`,
  () => {
    for (let index = 0; index < count; index++) {
      const startedMs = performance.now()
      const result = readStatementFile(mutatedFile(seed, index))
      if (!result.ok) expect(Object.keys(errorCatalog), `seed ${seed}, file ${index}`).toContain(result.error.code)
      expect(performance.now() - startedMs, `seed ${seed}, file ${index}`).toBeLessThan(10_000)
    }
    expect(isClean()).toBe(true)
  },
  90_000 + count * 100,
)

test('[T9] the largest files leave the server’s memory as it was', async () => {
  const reader = createFeedReader()
  const before = process.memoryUsage().rss
  const largest = bombs.filter(({ name }) => /three million|20 MB in one|100,001/.test(name))
  // One of them needs more than a reading process may have, and is given up.
  for (const { bytes, code } of largest) expect(await reader.read(bytes())).toMatchObject({ ok: false, error: { code: expect.stringMatching(`^(${code}|feed/unreadable)$`) } })
  expect((process.memoryUsage().rss - before) / 2 ** 20, 'MB that stayed').toBeLessThan(250)
}, 120_000)
