import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Ids, codes, counts and durations; never names, texts, tokens or paths. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>

export interface Log {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  /** Something that should not have happened: the kind of error and where in our code, not its message, which may quote data. */
  bug(event: string, cause: unknown, fields?: LogFields): void
}

const MOST_BYTES = 1_000_000

/** Writes one file, one JSON line an event, and keeps the one before it as `.1`. Logging never makes anything else fail. */
export function openLog(path: string): Log {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  let bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  const write = (level: string, event: string, fields: LogFields = {}) => {
    const line = `${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`
    try {
      if (bytes > MOST_BYTES) {
        renameSync(path, `${path}.1`)
        bytes = 0
      }
      appendFileSync(path, line, { mode: 0o600 })
      bytes += line.length
    } catch {
      // a full disk is reported by those who have to write
    }
  }
  return {
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    bug: (event, cause, fields) => write('error', event, { ...fields, ...describeCause(cause) }),
  }
}

/** The stack's own frames only; its first line repeats the message. */
function describeCause(cause: unknown): LogFields {
  if (!(cause instanceof Error)) return { kind: typeof cause }
  const frames = (cause.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return {
    kind: cause.name,
    at: frames
      .slice(0, 6)
      .map((line) => line.trim().replace(/\(?(?:file:\/\/)?\/.*\//, '('))
      .join(' | '),
  }
}
