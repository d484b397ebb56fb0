import type { AppError } from '../../shared/errors/error-codes.ts'
import type { SessionState } from '../../shared/ipc/ipc-contract.ts'
import type { Result } from '../../shared/lib/result.ts'
import { bridge } from '../bridge/window-api.ts'
import { openDatabase } from './open-database.ts'
import type { ReplicaDatabase } from './replica-database.ts'
import { readCore, type StoredCore } from './stored-core.ts'

/** A database that was opened, with the cipher's keys at hand, and what the first screen needs of it, which may still fail. */
export interface EarlyReplica {
  readonly name: string
  readonly opened: Result<ReplicaDatabase, AppError>
  readonly core?: Promise<StoredCore>
}
type SessionAnswer = Promise<Result<SessionState, AppError>>

let session: SessionAnswer | null = null
let replica: Promise<EarlyReplica | null> = Promise.resolve(null)

/**
 * Asks who is signed in and begins to read what they have here, while the rest of the page's code is still being read and run.
 * What fails is told to those who take it, or ask again.
 */
export function beginEarly(): void {
  const asked = bridge.invoke('session:get', {})
  session = asked
  bridge.on('event:session-changed', () => {
    session = null
  })
  replica = asked.then(openEarly).catch(() => null)
}

async function openEarly(answer: Awaited<SessionAnswer>): Promise<EarlyReplica | null> {
  const name = answer.ok ? answer.value.databaseName : null
  if (name === null || !(await bridge.openCipher())) return null
  const opened = await openDatabase(name)
  if (!opened.ok) return { name, opened }
  const core = readCore(opened.value)
  core.catch(() => undefined) // heard by whoever takes it
  return { name, opened, core }
}

/** Main's first answer, once, where it has announced no change since. */
export function takeEarlySession(): SessionAnswer | null {
  const answer = session
  session = null
  return answer
}

/** Once; null where none was begun. One of another name is closed. */
export async function takeEarlyReplica(name: string): Promise<EarlyReplica | null> {
  const early = await replica
  replica = Promise.resolve(null)
  if (early?.name === name) return early
  if (early?.opened.ok) early.opened.value.close()
  return null
}
