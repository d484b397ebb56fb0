import { Worker } from 'node:worker_threads'
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
const LIMITS = { readWithinMs: 30_000, heapMb: 512, waitingFiles: 4, program: new URL('./read-worker.ts', import.meta.url) }

/**
 * Reads one file at a time, each in a thread of its own that ends with it: what a hostile file does to the memory or
 * the time of its thread reaches neither the server nor the next file.
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
      const result = last.then(() => readOnce(bytes, all)).finally(() => openCount--)
      last = result
      return result
    },
  }
}

/** A thread that hangs, runs out of memory or ends without an answer leaves a file that cannot be read. */
function readOnce(bytes: Uint8Array, limits: typeof LIMITS): Promise<Result<StatementFile, ReadError>> {
  return new Promise((resolve) => {
    const worker = new Worker(limits.program, {
      workerData: bytes, // a copy
      env: {}, // not the server's environment, which names the database
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
    })
    let isDone = false
    const finish = (result: Result<StatementFile, ReadError>): void => {
      if (isDone) return
      isDone = true
      clearTimeout(timer)
      void worker.terminate().then(() => resolve(result)) // the next file waits until the memory is free
    }
    const giveUp = (): void => finish(err({ code: 'feed/unreadable' }))
    const timer = setTimeout(giveUp, limits.readWithinMs)
    worker.once('message', finish) // our own thread's answer: a Result, cloned
    worker.once('messageerror', giveUp)
    worker.once('error', giveUp)
    worker.once('exit', giveUp)
  })
}
