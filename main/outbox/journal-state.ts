import type { AppError } from '../../shared/errors/error-codes.ts'
import type { OutboxItem } from '../../shared/ipc/ipc-contract.ts'
import type { CommandEnvelope } from '../../shared/sync/push.ts'
import type { JournalRecord } from './journal-record.ts'

export interface JournalEntry {
  readonly command: CommandEnvelope
  readonly outcome: { readonly status: 'applied' | 'refused'; readonly error: AppError | null; readonly isLocal: boolean } | null // null = not answered yet
  readonly settledAtMs: number | null // null = listed
  readonly isDiscarded: boolean
  readonly restoredAtMs: number | null // when this device learnt of the last restore that it is older than
}

/** What the journal's records amount to: every kept command with what became of it. Applying a record twice changes nothing. */
export class JournalState {
  readonly #entries = new Map<string, JournalEntry>() // in order of n
  readonly #givenUp = new Map<string, number>() // when
  #highestN = 0

  /** The last number given away, or taken over from the server or a compacted file. */
  get highestN(): number {
    return this.#highestN
  }

  find(id: string): JournalEntry | undefined {
    return this.#entries.get(id)
  }

  list(): JournalEntry[] {
    return [...this.#entries.values()]
  }

  /** Whether a person was told that the command is not saved. */
  isGivenUp(id: string): boolean {
    return this.#givenUp.has(id)
  }

  listGivenUp(): readonly { readonly id: string; readonly atMs: number }[] {
    return [...this.#givenUp].map(([id, atMs]) => ({ id, atMs }))
  }

  apply(record: JournalRecord): void {
    switch (record.type) {
      case 'base':
        this.#highestN = Math.max(this.#highestN, record.body.lastN)
        break
      case 'command':
        this.#highestN = Math.max(this.#highestN, record.body.n)
        this.#entries.set(record.body.id, { command: record.body, outcome: null, settledAtMs: null, isDiscarded: false, restoredAtMs: null })
        break
      case 'outcome':
        this.#applyOutcome(record.body)
        break
      case 'settled':
        for (const [id, entry] of this.#entries) if (isSettledBy(entry, record.body.throughN)) this.#entries.set(id, { ...entry, settledAtMs: record.body.atMs })
        break
      case 'discarded':
        this.#change(record.body.id, { settledAtMs: record.body.atMs, isDiscarded: true })
        break
      case 'renumbered':
        this.#renumber(record.body)
        break
      case 'restored':
        for (const id of record.body.ids) this.#change(id, { restoredAtMs: record.body.atMs })
        break
      case 'given-up':
        this.#givenUp.set(record.body.id, record.body.atMs)
        break
    }
  }

  /** A server restored from a backup may now refuse what it had applied: then the command needs the person again. */
  #applyOutcome(body: Extract<JournalRecord, { type: 'outcome' }>['body']): void {
    const entry = this.#entries.get(body.id)
    if (!entry) return
    const outcome = { status: body.status, error: body.error, isLocal: body.isLocal }
    const settledAtMs = body.status === 'refused' && !entry.isDiscarded ? null : entry.settledAtMs
    this.#change(body.id, { outcome, settledAtMs })
  }

  /** The highest number may fall: the new ones continue the server's count, which is lower after lost work. */
  #renumber({ numbers, highestN }: Extract<JournalRecord, { type: 'renumbered' }>['body']): void {
    for (const { id, n } of numbers) {
      const entry = this.#entries.get(id)
      if (entry) this.#entries.set(id, { ...entry, command: { ...entry.command, n } })
    }
    const inOrder = this.list().sort((a, b) => a.command.n - b.command.n)
    this.#entries.clear()
    for (const entry of inOrder) this.#entries.set(entry.command.id, entry)
    this.#highestN = highestN
  }

  #change(id: string, change: Partial<JournalEntry>): void {
    const entry = this.#entries.get(id)
    if (entry) this.#entries.set(id, { ...entry, ...change })
  }
}

const isSettledBy = (entry: JournalEntry, throughN: number) => entry.outcome?.status === 'applied' && entry.settledAtMs === null && entry.command.n <= throughN

export function toOutboxItem({ command, outcome }: JournalEntry): OutboxItem {
  return { ...command, status: outcome?.status ?? 'saved', error: outcome?.error ?? null }
}
