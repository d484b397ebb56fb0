import type { AppError } from '../../shared/errors/error-codes.ts'
import type { DraftCommand } from '../../shared/ipc/ipc-contract.ts'
import type { PendingCommand } from './pending-command.ts'
import type { ReplicaDatabase, StoredPending } from './replica-database.ts'
import { openJson, sealJson } from './sealed-json.ts'

interface PendingBody {
  readonly draft: DraftCommand
  readonly error: AppError | null
}

const placeOf = (stored: Pick<StoredPending, 'id' | 'status'>): string => `pending|${stored.id}|${stored.status}`

export function sealPending(command: PendingCommand): StoredPending {
  const { n, status, error, ...draft } = command
  const body: PendingBody = { draft, error }
  return { id: command.id, n, status, sealed: sealJson(placeOf(command), body) }
}

const opened = new WeakMap<Uint8Array, PendingBody>()

/** Throws where the body was changed or moved. */
export function openPending(stored: StoredPending): PendingCommand {
  const body = opened.get(stored.sealed) ?? openJson<PendingBody>(placeOf(stored), stored.sealed)
  opened.set(stored.sealed, body)
  return { ...body.draft, n: stored.n, status: stored.status, error: body.error }
}

/** All stored ones; a damaged one is left out and deleted, since the journal holds it too (spec J4). */
export async function listPending(db: ReplicaDatabase): Promise<readonly PendingCommand[]> {
  const commands: PendingCommand[] = []
  for (const stored of await db.pending.toArray()) {
    try {
      commands.push(openPending(stored))
    } catch {
      await db.pending.delete(stored.id)
    }
  }
  return commands
}

/** A damaged one is left out; the next sync turn gets it back from the journal. */
export function openReadable(stored: readonly StoredPending[]): readonly PendingCommand[] {
  return stored.flatMap((item) => {
    try {
      return [openPending(item)]
    } catch {
      return []
    }
  })
}
