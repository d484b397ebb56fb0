import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { PROTOCOL_VERSION, PUSH_MAX_COMMANDS } from '../../shared/sync/protocol.ts'
import { type CommandEnvelope, type CommandOutcome, type PushResponse, pushResponseSchema, type SignedCommand } from '../../shared/sync/push.ts'
import { type ChainEnd, NO_HASH } from '../../shared/sync/signing.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import type { Journal } from '../outbox/journal.ts'
import type { AwaitedOthers } from './awaited-others.ts'
import type { HttpRequest } from './http-client.ts'

/** Bytes of commands in one request, well under the server's limit of 1 MiB. */
const PUSH_MAX_BYTES = 500_000

export interface PusherDeps {
  readonly journal: Journal
  readonly others: AwaitedOthers
  /** Signs commands behind the end of the device's chain. [S1, S2] */
  readonly sign: (end: ChainEnd, commands: readonly CommandEnvelope[]) => readonly SignedCommand[]
  readonly send: <T>(request: HttpRequest<T>) => Promise<Result<T, AppError>>
  /** Uploads a staged file once more. 'feed/file-missing' = this laptop does not have it either. */
  readonly uploadFile: (sha256: string) => Promise<Result<void, AppError>>
  /** The server's answers to all commands of this device. */
  readonly fetchOutcomes: () => Promise<Result<readonly CommandOutcome[], AppError>>
  readonly onProgress: () => void
  /** The server has answered more commands of this device than its journal tells of. */
  readonly onOlderJournal: () => void
}

/** Sends the journal's commands in their order until the server has answered all of them. [P1–P4, P6] */
export class Pusher {
  readonly #deps: PusherDeps
  #serverLastN: number
  #chainEnd: ChainEnd = { n: 0, hash: NO_HASH } // the device's chain as the server told it last; every token comes with it
  #isJournalOlder = false
  #batchLimit = PUSH_MAX_COMMANDS // 1 while looking for the one command of a batch that the server cannot take

  constructor(deps: PusherDeps) {
    this.#deps = deps
    this.#serverLastN = deps.journal.lastAnsweredN()
  }

  /** The server's count of this device's commands, as it told it last. */
  get answeredN(): number {
    return this.#serverLastN
  }

  /** Somebody put an older copy of the journal back, or it was lost and made anew: what was unsent in the lost part is gone from it. */
  get isJournalOlder(): boolean {
    return this.#isJournalOlder
  }

  get unsentCount(): number {
    return this.#deps.journal.countUnsent(this.#serverLastN)
  }

  /**
   * The server told its count. A lower one than known: it was restored from a backup, and what it lost is sent again.
   * A higher one is not taken over, because sending again brings the answers that got lost.
   */
  noteServerEnd(end: ChainEnd): void {
    if (end.n > this.#deps.journal.highestN && !this.#isJournalOlder) {
      this.#isJournalOlder = true
      this.#deps.onOlderJournal()
    }
    this.#serverLastN = Math.min(this.#serverLastN, end.n)
    this.#chainEnd = end
  }

  /** A restored server has no more of this device's commands than this; what it has besides is answered once more. The end of its chain comes with its refusal. */
  goBackTo(lastN: number): void {
    this.#serverLastN = Math.min(this.#serverLastN, lastN)
  }

  /** Error: the first one that only time, a person or an update can mend. Success: all is sent but what waits for others. */
  async pushAll(signal: AbortSignal): Promise<Result<void, AppError>> {
    while (!signal.aborted) {
      const unsent = this.#listUnsent()
      if (unsent.length === 0 && !this.#deps.journal.hasUnansweredThrough(this.#serverLastN)) return ok(undefined)
      const commands = takeBytes(unsent.filter(({ n }, i) => n === this.#serverLastN + 1 + i))
      const result = commands.length > 0 ? await this.#pushBatch(commands) : await this.#renumber()
      if (!result.ok) return result
    }
    return ok(undefined)
  }

  #listUnsent(): CommandEnvelope[] {
    const { journal, others } = this.#deps
    return journal
      .listAfter(this.#serverLastN, this.#batchLimit + others.waiting.size)
      .filter(({ id }) => !others.waiting.has(id))
      .slice(0, this.#batchLimit)
  }

  async #pushBatch(commands: readonly CommandEnvelope[]): Promise<Result<void, AppError>> {
    const mayWait = this.#deps.others.findAmong(commands, this.#deps.journal.hasLostAfter(this.#serverLastN))
    const signedBehind = this.#chainEnd
    const json = { protocol: PROTOCOL_VERSION, commands: this.#deps.sign(signedBehind, commands), ...(mayWait.length > 0 ? { mayWait } : {}) }
    reach('main.push.before-send')
    const answer = await this.#deps.send({ method: 'POST', path: '/v1/sync/push', json, response: pushResponseSchema, isOfItsSession: true })
    reach('main.push.answered')
    const result = answer.ok ? await this.#accept(answer.value, commands) : await this.#mend(answer.error, commands, signedBehind)
    this.#deps.onProgress()
    return result
  }

  async #accept({ outcomes, lastN, lastHash, waiting }: PushResponse, commands: readonly CommandEnvelope[]): Promise<Result<void, AppError>> {
    const left = waiting && commands.find(({ n }) => n === waiting.n)
    if (lastN <= this.#serverLastN && !left) return err(appError('server/unavailable', { reason: 'no-progress' }))
    const recorded = await this.#deps.journal.recordOutcomes(outcomes)
    if (!recorded.ok) return recorded
    reach('main.push.recorded')
    this.#deps.others.answered(outcomes)
    this.#serverLastN = lastN
    this.#chainEnd = { n: lastN, hash: lastHash }
    this.#batchLimit = PUSH_MAX_COMMANDS
    if (waiting && left) this.#deps.others.take(left.id, waiting.error)
    return left ? this.#renumber() : ok(undefined)
  }

  /** Success: the next attempt is another one than this was. A signature that rested on an old end of the chain is made anew. */
  #mend(error: AppError, commands: readonly CommandEnvelope[], signedBehind: ChainEnd): Promise<Result<void, AppError>> {
    const end = endOf(error)
    const isEndNew = end !== undefined && (end.n !== signedBehind.n || end.hash !== signedBehind.hash) // a session that came with this push may have told it too
    if (end) this.#chainEnd = end
    switch (error.code) {
      case 'sync/bad-signature':
        return Promise.resolve(isEndNew ? ok(undefined) : err(error))
      case 'sync/gap':
        return this.#goOnFrom(error)
      case 'sync/reused-id':
        return this.#mendReuse(error, commands)
      case 'feed/file-missing':
        return this.#mendFile(error, commands)
      case 'request/too-large':
      case 'request/malformed':
        return this.#giveUpOne(error, commands)
      default:
        return Promise.resolve(err(error))
    }
  }

  /** [P2] The server lacks an earlier command than was sent. */
  async #goOnFrom(error: AppError): Promise<Result<void, AppError>> {
    const lastN = error.params['lastN']
    if (typeof lastN !== 'number' || lastN === this.#serverLastN) return err(error)
    this.#serverLastN = lastN
    return ok(undefined)
  }

  /**
   * [P3] Either the numbers were used before this journal began, or the server has this very command under another number:
   * both after damage. An id that is really somebody else's goes back to its person.
   */
  async #mendReuse(error: AppError, commands: readonly CommandEnvelope[]): Promise<Result<void, AppError>> {
    const lastN = error.params['lastN']
    if (typeof lastN === 'number' && lastN > this.#serverLastN) {
      this.#serverLastN = lastN
      return this.#renumber()
    }
    const only = commands.length === 1 ? commands[0] : undefined
    const outcomes = only ? await this.#deps.fetchOutcomes() : ok([])
    if (!outcomes.ok) return outcomes
    const own = outcomes.value.find(({ id }) => id === only?.id)
    return own ? this.#deps.journal.recordOutcomes([own]) : this.#giveUpOne(error, commands)
  }

  async #mendFile(error: AppError, commands: readonly CommandEnvelope[]): Promise<Result<void, AppError>> {
    const sha256 = error.params['sha256']
    if (typeof sha256 !== 'string') return err(error)
    const uploaded = await this.#deps.uploadFile(sha256)
    if (!uploaded.ok && uploaded.error.code === 'feed/file-missing') return this.#giveUpOne(error, commands)
    return uploaded
  }

  /** A command that the server can never take must not hold up the others; its person gets it back with the reason. */
  async #giveUpOne(error: AppError, commands: readonly CommandEnvelope[]): Promise<Result<void, AppError>> {
    const only = commands.length === 1 ? commands[0] : undefined
    this.#batchLimit = only ? PUSH_MAX_COMMANDS : 1
    if (!only) return ok(undefined)
    const refused = await this.#deps.journal.refuseHere(only.id, error)
    return refused.ok ? this.#renumber() : refused
  }

  #renumber(): Promise<Result<void, AppError>> {
    return this.#deps.journal.renumberAfter(this.#serverLastN, this.#deps.others.waiting)
  }
}

/** The end of this device's chain that an error of the server names. */
function endOf({ params: { lastN, lastHash } }: AppError): ChainEnd | undefined {
  return typeof lastN === 'number' && typeof lastHash === 'string' ? { n: lastN, hash: lastHash } : undefined
}

/** As many as fit, at least one. */
function takeBytes(commands: readonly CommandEnvelope[]): CommandEnvelope[] {
  let bytes = 0
  return commands.filter((command, i) => {
    bytes += Buffer.byteLength(JSON.stringify(command))
    return i === 0 || bytes <= PUSH_MAX_BYTES
  })
}
