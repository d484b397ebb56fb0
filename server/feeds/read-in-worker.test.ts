import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createFeedReader } from './read-in-worker.ts'
import { readStatementFile } from './read-statement-file.ts'

const HANGS = new URL('data:text/javascript,for(;;);')
const unreadable = { ok: false, error: { code: 'feed/unreadable' } }
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const camt = new Uint8Array(readFileSync(new URL('../../test/fixtures/feeds/camt053-v2-minimal.xml', import.meta.url)))
/** Well-formed, within every limit of the reader, and many times its size in memory. */
const hostile = bytesOf(`<Document><BkToCstmrStmt><Stmt>${'<a b="c"/>'.repeat(400_000)}</Stmt></BkToCstmrStmt></Document>`)

/** Longest time in which the event loop did nothing, while the work ran. */
async function longestPauseMs(work: Promise<unknown>): Promise<number> {
  let longestMs = 0
  let lastMs = performance.now()
  const timer = setInterval(() => {
    const nowMs = performance.now()
    longestMs = Math.max(longestMs, nowMs - lastMs)
    lastMs = nowMs
  }, 5)
  await work
  clearInterval(timer)
  return longestMs
}

test('reads a file as the direct reader does, and leaves its bytes', async () => {
  const before = camt.slice()
  expect(await createFeedReader().read(camt)).toEqual(readStatementFile(camt))
  expect(camt).toEqual(before)
})

test('[T9] gives up a file that needs more memory than allowed, and reads the next one', async () => {
  const reader = createFeedReader({ heapMb: 32 })
  const [first, second] = await Promise.all([reader.read(hostile), reader.read(camt)])
  expect(first).toEqual(unreadable)
  expect(second.ok).toBe(true)
})

test('[T9] a hostile file is read or refused while the event loop goes on', async () => {
  const work = createFeedReader().read(hostile)
  const startedMs = performance.now()
  const pauseMs = await longestPauseMs(work)
  expect((await work).ok).toBe(false)
  expect(performance.now() - startedMs).toBeLessThan(30_000)
  expect(pauseMs).toBeLessThan(500)
})

test('[T9] ends a thread that hangs', async () => {
  const pauseMs = await longestPauseMs(
    createFeedReader({ program: HANGS, readWithinMs: 300 })
      .read(camt)
      .then((result) => expect(result).toEqual(unreadable)),
  )
  expect(pauseMs).toBeLessThan(200)
})

test('a thread that ends without an answer leaves an unreadable file', async () => {
  const program = new URL('data:text/javascript,process.exit(0)')
  expect(await createFeedReader({ program }).read(camt)).toEqual(unreadable)
})

test('reads one file at a time and lets four wait', async () => {
  const reader = createFeedReader({ program: HANGS, readWithinMs: 50 })
  const results = await Promise.all(Array.from({ length: 6 }, () => reader.read(camt)))
  expect(results.map((result) => !result.ok && result.error.code)).toEqual([...Array.from({ length: 5 }, () => 'feed/unreadable'), 'server/unavailable'])
  expect(await reader.read(camt)).toEqual(unreadable) // there is room again
})

test('the thread knows nothing of the server’s environment', async () => {
  process.env['RAPPORT_TEST_SECRET'] = 'secret'
  const program = new URL(`data:text/javascript,import{parentPort}from'node:worker_threads';parentPort.postMessage({ok:true,value:Object.keys(process.env)})`)
  const result = await createFeedReader({ program }).read(camt)
  delete process.env['RAPPORT_TEST_SECRET']
  expect(result).toEqual({ ok: true, value: [] })
})
