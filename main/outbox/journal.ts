import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import type { DraftCommand, OutboxItem } from '../../shared/ipc/ipc-contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { CommandEnvelope, CommandOutcome } from '../../shared/sync/push.ts'
import { systemErrorCode } from '../lib/system-error.ts'
import { Turns } from '../lib/turns.ts'
import { compactRecords, LEAST_KEPT } from './compact-journal.ts'
import { type FrameLog, hasLog, type JournalDamage, openLog, replaceLog } from './frame-log.ts'
import { type OpenJournalFile, openJournalFile } from './journal-file.ts'
import type { JournalRecord } from './journal-record.ts'
import { type JournalEntry, JournalState, toOutboxItem } from './journal-state.ts'

export interface JournalOptions {
  readonly path: string
  readonly key: Uint8Array // 32 bytes; overwritten by the vault after `close`
  readonly registeredLastN: number // the server's count of this device at sign-in
  readonly nowMs: () => number
  readonly openFile?: OpenJournalFile
  readonly leastKept?: number // of settled commands, whatever their age; fewer in tests
}

/** A page that works says within five seconds whether its database has a command. One that does not must not hold up the others' work. */
const DECIDED_WITHIN_MS = 10_000

/** What the page says of a command that it has had held: the first word counts, also where it comes before the command's turn. */
interface HeldCommand {
  isStored: boolean | null // null = not said yet
  readonly said: PromiseWithResolvers<boolean>
  readonly over: Promise<void> // its turn
}

/** The durable list of what this device has to tell the server. Every change is on the disk before it is answered. */
export class Journal {
  readonly damage: JournalDamage | null
  readonly #log: FrameLog
  readonly #state: JournalState
  readonly #nowMs: () => number
  readonly #turns = new Turns()
  readonly #held = new Map<string, HeldCommand>()

  private constructor(log: FrameLog, state: JournalState, damage: JournalDamage | null, nowMs: () => number) {
    this.#log = log
    this.#state = state
    this.damage = damage
    this.#nowMs = nowMs
  }

  /** Reads the file, or makes it; drops old settled commands. Error: 'storage/write-failed'. */
  static async open(options: JournalOptions): Promise<Result<Journal, AppError>> {
    try {
      return ok(await Journal.#read(options))
    } catch (error) {
      return err(appError('storage/write-failed', { reason: systemErrorCode(error) }))
    }
  }

  static async #read({ path, key, registeredLastN, nowMs, openFile = openJournalFile, leastKept = LEAST_KEPT }: JournalOptions): Promise<Journal> {
    if (!(await hasLog(path))) await replaceLog(path, key, [{ type: 'base', body: { lastN: registeredLastN } }])
    const opened = await openLog(path, key, nowMs(), openFile)
    const journal = new Journal(opened.log, stateOf(opened.records), opened.damage, nowMs)
    const leastN = Math.max(registeredLastN, opened.damage?.guessedN ?? 0)
    if (leastN > journal.#state.highestN) await journal.#write([{ type: 'base', body: { lastN: leastN } }])
    const compacted = compactRecords(journal.#state, nowMs(), leastKept)
    if (!compacted) return journal
    await journal.close()
    await replaceLog(path, key, compacted)
    const reopened = await openLog(path, key, nowMs(), openFile)
    return new Journal(reopened.log, stateOf(reopened.records), opened.damage, nowMs)
  }

  /** Numbers the new commands and writes them; one that is here already keeps its number, one that was given up is left out. [J1, J3] */
  append(drafts: readonly DraftCommand[]): Promise<Result<OutboxItem[], AppError>> {
    return this.#turns.take(async () => {
      const unknown = [...new Map(drafts.map((draft) => [draft.id, draft])).values()].filter(({ id }) => !this.#state.find(id) && !this.#state.isGivenUp(id))
      const first = this.#state.highestN + 1
      const written = await this.#write(unknown.map((draft, i) => ({ type: 'command', body: { ...draft, args: draft.args ?? null, n: first + i } })))
      if (!written.ok) return written
      return ok(drafts.flatMap(({ id }) => this.#state.find(id) ?? []).map(toOutboxItem))
    })
  }

  /**
   * As `append`, for one command that its page stores in its own database meanwhile: when this answers it is on the disk, but not
   * listed, not sent, and nothing is written behind it until the page has said how that went (`decide`), or is gone (`letGo`): then
   * nobody was told anything, and it stays, as it does when the process ends. [J1]
   */
  hold(draft: DraftCommand): Promise<Result<OutboxItem, AppError>> {
    if (this.#held.has(draft.id)) return Promise.resolve(err(appError('request/malformed', { field: 'id' })))
    this.letGo() // ours has one at a time, and has said its word by now; a hundred from a page that was taken over would hold up the rest for ever
    const answer = Promise.withResolvers<Result<OutboxItem, AppError>>()
    const over = this.#turns.take(() => this.#hold(draft, held, answer.resolve)).finally(() => this.#held.delete(draft.id))
    over.catch(answer.reject)
    const held: HeldCommand = { isStored: null, said: Promise.withResolvers(), over }
    this.#held.set(draft.id, held)
    return answer.promise
  }

  /**
   * What the page says of a command that it has had held, also while that is still being written. @param isStored false = it is to be
   * told to its person as not saved: it is cut off before this answers, and where the disk has room for one short frame it is noted that
   * it was given up, should the page's database bring it back after a crash @returns whether the command stays
   */
  async decide(id: string, isStored: boolean): Promise<boolean> {
    const held = this.#held.get(id)
    if (held) say(held, isStored)
    await held?.over.catch(() => undefined) // not cut yet: see `takeBack`
    const isKept = this.#state.find(id) !== undefined
    if (!isKept && !isStored && !this.#state.isGivenUp(id)) await this.#turns.take(() => this.#write([{ type: 'given-up', body: { id, atMs: this.#nowMs() } }]))
    return isKept
  }

  /** The page that had commands held is gone, or will not answer. */
  letGo(): void {
    for (const held of this.#held.values()) say(held, true)
  }

  /**
   * Keeps the server's answers; those that are known already are left out. Where the server holds a command under another
   * number (this journal was damaged and got the command a second time), it takes that number.
   */
  recordOutcomes(outcomes: readonly CommandOutcome[]): Promise<Result<void, AppError>> {
    return this.#turns.take(() =>
      this.#write(
        outcomes.flatMap(({ n, id, status, error }): JournalRecord[] => {
          const entry = this.#state.find(id)
          if (!entry || (entry.outcome?.status === status && entry.command.n === n)) return []
          const answer: JournalRecord = { type: 'outcome', body: { id, status, error, isLocal: false } }
          return entry.command.n === n ? [answer] : [answer, { type: 'renumbered', body: { numbers: [{ id, n }], highestN: this.#state.highestN } }]
        }),
      ),
    )
  }

  /** [J5] A command whose answer is still missing stays listed until that arrives. */
  settle(throughN: number): Promise<Result<void, AppError>> {
    return this.#turns.take(() => {
      const isNeeded = this.#state.list().some(({ command, outcome, settledAtMs }) => outcome?.status === 'applied' && settledAtMs === null && command.n <= throughN)
      return this.#write(isNeeded ? [{ type: 'settled', body: { throughN, atMs: this.#nowMs() } }] : [])
    })
  }

  /** Only a refused command can be put aside: a number that is not used up would leave a gap. Twice is harmless. */
  discard(id: string): Promise<Result<void, AppError>> {
    return this.#turns.take(async () => {
      const entry = this.#state.find(id)
      if (!entry || entry.isDiscarded) return ok(undefined)
      if (entry.outcome?.status !== 'refused') return err(appError('request/malformed', { field: 'id' }))
      return this.#write([{ type: 'discarded', body: { id, atMs: this.#nowMs() } }])
    })
  }

  /** Gives all that a server at `lastN` lacks the numbers after it, in the order in which they were made, those in `last` behind the others, in its order. [P2] [B6] */
  renumberAfter(lastN: number, last: ReadonlySet<string> = new Set()): Promise<Result<void, AppError>> {
    return this.#turns.take(() => {
      const ids = this.#missingAt(lastN).map(({ command }) => command.id)
      const numbers = [...ids.filter((id) => !last.has(id)), ...[...last].filter((id) => ids.includes(id))].map((id, i) => ({ id, n: lastN + 1 + i }))
      return this.#write(numbers.length > 0 ? [{ type: 'renumbered', body: { numbers, highestN: lastN + numbers.length } }] : [])
    })
  }

  /** The server came out of a backup: everything made so far may have to wait for what others bring back. [B6] */
  noteRestored(): Promise<Result<void, AppError>> {
    return this.#turns.take(() => {
      const ids = this.#state.list().flatMap(({ command, outcome, isDiscarded }) => (isDiscarded || outcome?.status === 'refused' ? [] : [command.id]))
      return this.#write(ids.length > 0 ? [{ type: 'restored', body: { ids, atMs: this.#nowMs() } }] : [])
    })
  }

  /** What became of a command here and when its history went back. undefined = unknown. */
  find(id: string): Pick<JournalEntry, 'outcome' | 'restoredAtMs'> | undefined {
    return this.#state.find(id)
  }

  /** Gives up on a command that can never be sent, with the reason for the person; those behind it move up by `renumberAfter`. */
  refuseHere(id: string, error: AppError): Promise<Result<void, AppError>> {
    return this.#turns.take(() => this.#write([{ type: 'outcome', body: { id, status: 'refused', error, isLocal: true } }]))
  }

  /** All unsettled commands, in order. */
  listOpen(): OutboxItem[] {
    return this.#state
      .list()
      .filter(({ settledAtMs }) => settledAtMs === null)
      .map(toOutboxItem)
  }

  /** Commands that a server which has seen `lastN` still lacks, in order; after a restore also answered ones. */
  listAfter(lastN: number, limit: number): CommandEnvelope[] {
    return this.#missingAt(lastN)
      .map(({ command }) => command)
      .filter(({ n }) => n > lastN)
      .slice(0, limit)
  }

  /** A command that has a number which the server has used up for another, as after a journal's end was lost: it needs a new one. */
  hasUnansweredThrough(lastN: number): boolean {
    return this.#state.list().some(({ command, outcome }) => outcome === null && command.n <= lastN)
  }

  /** Unanswered commands, and answered ones that a server at `lastN` has lost. */
  countUnsent(lastN: number): number {
    return this.#missingAt(lastN).length
  }

  /** The server lacks what it has answered, and `noteRestored` was not told why yet. */
  hasLostAfter(lastN: number): boolean {
    return this.#state.list().some(({ command, outcome, restoredAtMs }) => outcome !== null && !outcome.isLocal && restoredAtMs === null && command.n > lastN)
  }

  /** Refused commands that were put aside, oldest first, as long as settled ones are kept: no page can make them vanish. */
  listDiscarded(): readonly (OutboxItem & { readonly discardedAtMs: number })[] {
    return this.#state.list().flatMap((entry) => (entry.isDiscarded ? [{ ...toOutboxItem(entry), discardedAtMs: entry.settledAtMs ?? 0 }] : []))
  }

  countRefused(): number {
    return this.#state.list().filter(({ outcome, settledAtMs }) => outcome?.status === 'refused' && settledAtMs === null).length
  }

  /** The last number that was given away, or taken over from the server. */
  get highestN(): number {
    return this.#state.highestN
  }

  /** The number up to which the server has answered, as far as this file knows. */
  lastAnsweredN(): number {
    const first = this.#state.list().find(({ outcome }) => outcome === null)
    return first ? first.command.n - 1 : this.#state.highestN
  }

  async close(): Promise<void> {
    this.letGo()
    await this.#turns.settled()
    await this.#log.close()
  }

  async #hold(draft: DraftCommand, held: HeldCommand, answer: (result: Result<OutboxItem, AppError>) => void): Promise<void> {
    const known = this.#state.find(draft.id)
    if (known) return answer(ok(toOutboxItem(known)))
    if (held.isStored === false || this.#state.isGivenUp(draft.id)) return answer(err(appError('storage/write-failed', { reason: 'ECANCELED' })))
    const command = { ...draft, args: draft.args ?? null, n: this.#state.highestN + 1 }
    const written = await this.#log.write([{ type: 'command', body: command }])
    if (!written.ok) return answer(written)
    const timer = setTimeout(() => say(held, true), DECIDED_WITHIN_MS)
    answer(ok({ ...command, status: 'saved', error: null }))
    const isKept = await held.said.promise
    clearTimeout(timer)
    if (!isKept) return written.value.takeBack()
    written.value.keep()
    this.#state.apply({ type: 'command', body: command })
  }

  #missingAt(lastN: number): JournalEntry[] {
    return this.#state.list().filter(({ command, outcome }) => outcome === null || (command.n > lastN && !outcome.isLocal))
  }

  async #write(records: readonly JournalRecord[]): Promise<Result<void, AppError>> {
    if (records.length === 0) return ok(undefined)
    const written = await this.#log.append(records)
    if (written.ok) for (const record of records) this.#state.apply(record)
    return written
  }
}

function say(held: HeldCommand, isStored: boolean): void {
  held.isStored ??= isStored
  held.said.resolve(held.isStored)
}

function stateOf(records: readonly JournalRecord[]): JournalState {
  const state = new JournalState()
  for (const record of records) state.apply(record)
  return state
}
