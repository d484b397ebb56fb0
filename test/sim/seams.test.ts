import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { appFolder } from '../support/project.ts'

/** What the simulation runs as it is. */
const simulated = ['shared', 'main/sync', 'main/outbox', 'renderer/sync', 'renderer/db', 'server/sync']
const OWN_TIME = /\b(Date\.now|Math\.random|performance\.now|setTimeout|setInterval|setImmediate|AbortSignal\.timeout)\b|new Date\(\)|from 'node:timers/
/** Stand-ins of tests lie beside what they stand in for. */
const OF_TESTS = /\.test\.tsx?$|-fixture\.ts$|small-server\.ts$/

/** The places that may ask the world for time: each calls the global at that moment, which the simulation has replaced. */
const seams: Readonly<Record<string, string>> = {
  'main/outbox/journal.ts': 'how long a page may leave open whether it has stored a command',
  'main/sync/event-stream.ts': 'silence of the line',
  'main/sync/http-client.ts': 'time limit of a request',
  'main/sync/repeater.ts': 'wait before the next attempt',
  'renderer/sync/sync-loop.ts': 'asking once a minute',
  'renderer/db/compact-overlay.ts': 'pause between two pages',
  'renderer/db/follow-database.ts': 'pause for the screen',
  'renderer/db/load-replica.ts': 'pause for the screen',
  'main/sync/sync-engine.ts': 'when what waits for others is tried again, and the wait for the page with an own command',
  'renderer/db/page-worker.ts': 'pause before garbage is looked for',
  'renderer/db/storage-watchdog.ts': 'time limit of a write',
  'renderer/db/replica-session.ts': 'summary of the first screen, kept now and then',
  'server/sync/breathe.ts': 'turn of other requests within a large batch',
  'server/sync/head-listener.ts': 'connection to the database; the simulation listens in its own way',
}

function sourcesIn(folder: string): string[] {
  const files = readdirSync(join(appFolder, folder), { recursive: true, withFileTypes: true })
  return files.filter((file) => file.isFile() && /\.tsx?$/.test(file.name) && !OF_TESTS.test(file.name)).map((file) => relative(appFolder, join(file.parentPath, file.name)))
}

test('what is simulated takes time and chance from outside, but for the seams', () => {
  const found = simulated.flatMap(sourcesIn).filter((path) => {
    const code = readFileSync(join(appFolder, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    return OWN_TIME.test(code)
  })
  expect(found.filter((path) => !(path in seams))).toEqual([])
})
