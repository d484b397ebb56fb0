import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { createFeedReader } from './read-apart.ts'
import { readStatementFile } from './read-statement-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'rapport-reading-'))
afterAll(() => rmSync(folder, { recursive: true }))
let programs = 0
/** Another program in the place of the reader. */
function program(source: string): URL {
  const path = join(folder, `program-${++programs}.mjs`)
  writeFileSync(path, source)
  return pathToFileURL(path)
}
/** What a program that runs in the reader's place answers. */
const answerOf = (expression: string) =>
  createFeedReader({
    program: program(`process.once('message', async () => process.send({ ok: true, value: await (async () => ${expression})().catch((e) => e.code ?? String(e)) }))`),
  }).read(camt)

const HANGS = program('for(;;);')
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
  expect(pauseMs, 'the file itself takes longer').toBeLessThan(1_000)
})

test('[T9] ends a process that hangs', async () => {
  const pauseMs = await longestPauseMs(
    createFeedReader({ program: HANGS, readWithinMs: 2_000 })
      .read(camt)
      .then((result) => expect(result).toEqual(unreadable)),
  )
  expect(pauseMs).toBeLessThan(1_000)
})

test('a process that ends without an answer leaves an unreadable file', async () => {
  expect(await createFeedReader({ program: program('process.exit(0)') }).read(camt)).toEqual(unreadable)
})

test('a process that cannot even be started leaves an unreadable file, and no other file behind it', async () => {
  const reader = createFeedReader({ program: new URL('https://nowhere.example/') })
  expect(await reader.read(camt)).toEqual(unreadable)
  expect(await reader.read(camt)).toEqual(unreadable)
})

test('reads one file at a time and lets four wait', async () => {
  const reader = createFeedReader({ program: HANGS, readWithinMs: 50 })
  const results = await Promise.all(Array.from({ length: 6 }, () => reader.read(camt)))
  expect(results.map((result) => !result.ok && result.error.code)).toEqual([...Array.from({ length: 5 }, () => 'feed/unreadable'), 'server/unavailable'])
  expect(await reader.read(camt)).toEqual(unreadable) // there is room again
})

test('[T9] the process knows nothing of the server’s environment', async () => {
  process.env['RAPPORT_TEST_SECRET'] = 'secret'
  const result = await answerOf('Object.keys(process.env).filter((name) => name !== "NODE_CHANNEL_FD" && !name.startsWith("NODE_CHANNEL"))')
  delete process.env['RAPPORT_TEST_SECRET']
  expect(result).toEqual({ ok: true, value: [] })
})

test.each([
  ['read a file of the machine', `(await import('node:fs')).readFileSync('/etc/hostname', 'utf8')`],
  ['read a file of the database', `(await import('node:fs')).readdirSync('/var/lib')`],
  ['write a file', `(await import('node:fs')).writeFileSync('/tmp/rapport-reading', '')`],
  ['start a program', `(await import('node:child_process')).execSync('id')`],
  ['start a thread', `new (await import('node:worker_threads')).Worker('0', { eval: true })`],
  ['load native code', `process.dlopen({ exports: {} }, process.execPath)`],
])('[T9] the process may not %s', async (_what, expression) => {
  expect(await answerOf(expression)).toEqual({ ok: true, value: expect.stringMatching(/^ERR_(ACCESS_DENIED|DLOPEN_DISABLED)$/) })
})
