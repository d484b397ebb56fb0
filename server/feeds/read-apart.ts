import { fork } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { err, type Result } from '../../shared/lib/result.ts'
import { FEED_LIMITS, type FeedError } from './feed-error.ts'
import type { StatementFile } from './statement-file.ts'

/** 'server/unavailable' = too many files are waiting; the same file can be read a little later. */
export type ReadError = FeedError | { readonly code: 'server/unavailable' }

export interface FeedReader {
  /** As `readStatementFile`, without blocking the event loop. Leaves the caller's bytes as they are. Never rejects. */
  read(bytes: Uint8Array): Promise<Result<StatementFile, ReadError>>
}

/** trust.md T9: a file that takes longer or needs more than this is given up. */
const LIMITS = { readWithinMs: 30_000, heapMb: 512, waitingFiles: 4, program: new URL('./reading-process.ts', import.meta.url) }

const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** Sources it may read. No other file, no writing, no process, no thread, no native code; the environment is empty too. */
const readable = [inProject('server/feeds/'), inProject('shared/'), inProject('node_modules/'), inProject('package.json')]

/**
 * Reads one file at a time, each in a process of its own that ends with it and holds neither keys nor the way to the
 * database: what a hostile file does to its process reaches neither the server nor the next file.
 * @param limits tests pass smaller ones, and a program that hangs
 */
export function createFeedReader(limits: Partial<typeof LIMITS> = {}): FeedReader {
  const all = { ...LIMITS, ...limits }
  let openCount = 0 // the file being read and those behind it
  let last: Promise<unknown> = Promise.resolve()
  return {
    read(bytes) {
      if (bytes.byteLength > FEED_LIMITS.fileBytes) return Promise.resolve(err({ code: 'feed/too-large', limitBytes: FEED_LIMITS.fileBytes }))
      if (openCount > all.waitingFiles) return Promise.resolve(err({ code: 'server/unavailable' }))
      openCount++
      const result = last
        .then(() => readOnce(bytes, all))
        .catch((): Awaited<ReturnType<FeedReader['read']>> => err({ code: 'feed/unreadable' })) // its process could not be started
        .finally(() => openCount--)
      last = result
      return result
    },
  }
}

/** A process that hangs, runs out of memory or ends without an answer leaves a file that cannot be read. */
function readOnce(bytes: Uint8Array, limits: typeof LIMITS): Promise<Result<StatementFile, ReadError>> {
  return new Promise((resolve) => {
    const reading = startProcess(limits)
    let result: Result<StatementFile, ReadError> = err({ code: 'feed/unreadable' })
    const end = (): void => void reading.kill('SIGKILL')
    const timer = setTimeout(end, limits.readWithinMs)
    reading.once('message', (answer) => {
      result = answer as Result<StatementFile, ReadError> // our own program's, cloned
      end()
    })
    reading.once('error', end) // also when it is gone before the bytes are
    reading.once('close', () => {
      clearTimeout(timer)
      resolve(result) // the next file waits until the memory is free
    })
    reading.send(bytes, (error) => error && end())
  })
}

function startProcess({ program, heapMb }: typeof LIMITS) {
  const path = fileURLToPath(program)
  const mayRead = [...readable, `${dirname(path)}/`].map((place) => `--allow-fs-read=${place}`)
  return fork(path, [], {
    env: {}, // not the server's, which names the database
    execArgv: ['--permission', ...mayRead, `--max-old-space-size=${heapMb}`, '--disable-warning=ExperimentalWarning'],
    serialization: 'advanced', // bytes stay bytes
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
}
