import type { AppError } from '../../shared/errors/error-codes.ts'
import type { SyncStatus } from '../../shared/ipc/ipc-contract.ts'
import type { CommandEnvelope } from '../../shared/sync/push.ts'
import type { Journal } from '../outbox/journal.ts'

/** As long as a laptop may stay away at most; then a refusal is one, and is listed with its text. */
export const AWAITING_MS = 14 * 24 * 3_600_000

/** These say that the command itself is wrong: nothing that comes back will mend it. */
const FINAL = new Set(['command/unknown', 'command/malformed', 'conflict/exists', 'app/bug'])

/**
 * [B6] After a restore a laptop sends again what it had sent before, and some of that builds on what another laptop has yet
 * to bring back. Such a command is not refused: it waits behind this device's other work, and is sent again.
 */
export class AwaitedOthers {
  readonly #journal: Journal
  readonly #nowMs: () => number
  readonly #forMs: number
  readonly #waiting = new Set<string>()
  readonly #final = new Set<string>() // the server's refusal is to be one
  readonly #left = new Map<string, AppError>() // why the server left it here when it saw it last; until it is answered

  constructor(journal: Journal, nowMs: () => number, forMs: number) {
    this.#journal = journal
    this.#nowMs = nowMs
    this.#forMs = forMs
  }

  /** Ids of those that go behind all others, and are not sent now; in the order in which they were made. */
  get waiting(): ReadonlySet<string> {
    return this.#waiting
  }

  /** What the person is told to wait for, also while it is tried again. */
  get left(): SyncStatus['waiting'] {
    return [...this.#left].map(([id, error]) => ({ id, error }))
  }

  /** The server has taken or refused these. */
  answered(outcomes: readonly { readonly id: string }[]): void {
    if (this.#left.size > 0) for (const { id } of outcomes) this.#left.delete(id)
  }

  /** Somebody's work has come in: perhaps what they wait for. */
  tryAgain(): void {
    this.#waiting.clear()
  }

  /**
   * Which of these the server should rather leave here than refuse: those from before the last restore that it had
   * accepted or not yet seen.
   * @param isBehind the server lacks what it has answered already: it was restored, and no pull has told us yet. Or the answer to a push
   * got lost and a pull brought it: nothing tells the two apart before the next push, and the worst is that a refusal comes a try later,
   * where to take a restore for a lost answer would refuse what has to wait
   */
  findAmong(commands: readonly CommandEnvelope[], isBehind: boolean): string[] {
    return commands.flatMap(({ id }) => {
      const known = this.#journal.find(id)
      if (!known || known.outcome?.status === 'refused' || this.#final.has(id)) return []
      const since = known.restoredAtMs
      const mayWait = since === null ? isBehind : Math.abs(this.#nowMs() - since) < this.#forMs // a clock that was put back by years would have it wait for years
      return mayWait ? [id] : []
    })
  }

  /** The server has left it here. What it never accepted waits only for a record that is not there, or behind work of one's own that waits. */
  take(id: string, error: AppError): void {
    const { code } = error
    const wasAccepted = this.#journal.find(id)?.outcome?.status === 'applied'
    const canBeMended = wasAccepted || this.#waiting.size > 0 ? !FINAL.has(code) : code === 'access/not-found'
    if (!canBeMended) {
      this.#final.add(id)
      return
    }
    this.#waiting.add(id)
    this.#left.set(id, error)
  }
}
