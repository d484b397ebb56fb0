import type { RowReader } from '../../shared/commands/define-command.ts'
import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import { type AnyRow, householdsOfRow, type RowOf, type TableName, tableNames } from '../../shared/domain/tables.ts'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import type { OutboxItem } from '../../shared/ipc/ipc-contract.ts'
import { isDeepEqual } from '../../shared/lib/deep-equal.ts'
import type { Result } from '../../shared/lib/result.ts'
import type { FollowedPage } from '../../shared/sync/pull.ts'
import { type BaseEntry, BaseRows, entryFactsOf } from './base-rows.ts'
import type { ContactSummary } from './contact-summary.ts'
import type { EntryFacts } from './entry-facts.ts'
import { EntryLists } from './entry-lists.ts'
import { OptimisticRows } from './optimistic-rows.ts'
import { inOrder, type PendingCommand } from './pending-command.ts'
import type { ReplicaView, Unsettled } from './replica-view.ts'

export interface ReplicaProgress {
  /** 'filling': all but contact entries is here, of the store or of a first fetch. */
  readonly phase: 'opening' | 'filling' | 'pulling' | 'ready'
  readonly done: number // rows so far while the store is opened, households while they are fetched
  readonly total: number | null // null = not known
}

/** How far into the store the rows in memory reach. */
export interface ReplicaStanding {
  readonly lastN: number // commands of this device up to here are contained in the rows
  readonly generation: number
  readonly counter: number // of the newest page or row
  readonly cursor: number | null // of the server's order, up to which the rows are here
  readonly scopeHash: string | null
  readonly epoch: string | null
}

type ByHousehold = ReadonlyMap<string, readonly AnyRow[]>

/** The replica in memory: base rows, pending commands, and the view made of both. Knows nothing of storage or network. */
export class Replica implements ReplicaView, RowReader {
  readonly actorId: string
  #base = new BaseRows()
  #optimistic: OptimisticRows
  #pending: readonly PendingCommand[] = []
  #attention: readonly OutboxItem[] = []
  #summary: ContactSummary | null = null
  #progress: ReplicaProgress = { phase: 'opening', done: 0, total: null }
  #version = 0
  #standing: ReplicaStanding = { lastN: 0, generation: 0, counter: 0, cursor: null, scopeHash: null, epoch: null }
  readonly #lists = new Map<TableName, readonly AnyRow[]>()
  readonly #byHousehold = new Map<TableName, ByHousehold>()
  readonly #entries = new EntryLists(() => ({ base: this.#base, optimistic: this.#optimisticEntries(), summary: this.#summary }))
  readonly #inFlight = new Map<string, PendingCommand>()
  readonly #listeners = new Set<() => void>()

  constructor(actorId: string) {
    this.actorId = actorId
    this.#optimistic = new OptimisticRows(this.#base, actorId)
  }

  get version(): number {
    return this.#version
  }
  get entriesVersion(): number {
    return this.#entries.version
  }
  /** Unsettled commands in order, refused ones included. */
  get pending(): readonly PendingCommand[] {
    return this.#pending
  }
  get attention(): readonly OutboxItem[] {
    return this.#attention
  }
  get progress(): ReplicaProgress {
    return this.#progress
  }
  /** 'summary': cadences are right, lists of entries are not; 'partial': neither. */
  get entriesState(): 'whole' | 'summary' | 'partial' {
    const { phase } = this.#progress
    if (phase !== 'filling' && phase !== 'opening') return 'whole'
    return this.#summary ? 'summary' : 'partial'
  }
  get standing(): ReplicaStanding {
    return this.#standing
  }
  get base(): BaseRows {
    return this.#base
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  find<T extends TableName>(table: T, id: string): RowOf<T> | undefined {
    return this.#optimistic.find(table, id)
  }

  list<T extends TableName>(table: T): readonly RowOf<T>[] {
    let rows = this.#lists.get(table)
    if (!rows) {
      const optimistic = this.#optimistic.rows(table)
      rows = [...optimistic.values(), ...this.#baseRowsWithout(table, optimistic)]
      this.#lists.set(table, rows)
    }
    return rows as readonly RowOf<T>[]
  }

  listByHousehold<T extends TableName>(table: T, householdId: string): readonly RowOf<T>[] {
    if (table === 'contactEntries') return this.#entries.rowsOf(householdId) as readonly RowOf<T>[]
    let index = this.#byHousehold.get(table)
    if (!index) {
      index = indexByHousehold(table, this.list(table) as readonly AnyRow[])
      this.#byHousehold.set(table, index)
    }
    return (index.get(householdId) ?? NO_ROWS) as readonly RowOf<T>[]
  }

  listEntryFacts(): readonly EntryFacts[] {
    return this.#entries.facts()
  }

  listEntryFactsOf(householdId: string): readonly EntryFacts[] {
    return this.#entries.factsOf(householdId)
  }

  /** Entries as they are now that no page holds as they are: changed on this laptop, or since the pages were packed. */
  *listWholeEntries(): Iterable<ContactEntry> {
    const optimistic = this.#optimisticEntries()
    yield* optimistic.values()
    for (const row of this.#base.wholeEntries.values()) if (!optimistic.has(row.id)) yield row
  }

  /** The entry, if page `n` still has it as it is. */
  findPacked(id: string, n: number): ContactEntry | undefined {
    const entry = this.#base.entry('contactEntries', id)
    return entry?.n === n && !this.#optimisticEntries().has(id) ? (this.#base.find('contactEntries', id) as ContactEntry | undefined) : undefined
  }

  unsettledOf(table: TableName, id: string): Unsettled | null {
    return this.#optimistic.unsettledOf(table, id)
  }

  /** What a new command would do on the rows of now; its refusal is for the form that asked. */
  tryOut(command: PendingCommand): Result<unknown, AppError> {
    return this.#optimistic.tryOut(command)
  }

  /** A new command's effect is here before it is stored: who looks sees it. `announce` makes the screens look. */
  show(command: PendingCommand): void {
    this.#inFlight.set(command.id, command)
    this.#pending = [...this.#pending, command]
    this.#forget(this.#optimistic.add(command), this.#optimisticHouseholds())
  }

  announce(): void {
    for (const listener of this.#listeners) listener()
  }

  /** The journal gave the command its number. */
  number(id: string, n: number): void {
    const command = this.#inFlight.get(id)
    if (command && n <= this.#standing.lastN) this.hide(id)
    else if (command) this.#inFlight.set(id, { ...command, n })
  }

  /** Takes back a command that could not be stored. */
  hide(id: string): void {
    this.#inFlight.delete(id)
    this.#pending = this.#pending.filter((p) => p.id !== id)
    const households = this.#optimisticHouseholds()
    this.#changed(this.#optimistic.replay(this.#pending), households)
  }

  /** New server rows, and the stored pending list as it is now. */
  receive(entries: Iterable<BaseEntry>, stored: readonly PendingCommand[], standing: ReplicaStanding): void {
    this.#receive(entries, () => this.#takePending(stored, standing))
  }

  /**
   * A page of others' rows before it is stored, where it begins where the memory ends (L13). What the store brings later is
   * the same, or it comes again: nothing but the screen rests on it. Its place in the store is behind all that has one.
   * @returns whether it was taken
   */
  receiveAhead({ from, page }: FollowedPage): boolean {
    const { cursor, scopeHash, epoch, counter, lastN } = this.#standing
    const isNext = cursor === from && epoch === page.epoch && scopeHash === page.scopeHash && this.#progress.phase === 'ready'
    if (!isNext || page.scope !== null || page.hasMore || page.outcomes.length > 0 || page.lastN > lastN) return false
    const entries = page.rows.map(({ table, id, seq, row }) => ({ table, id, seq, n: counter + 0.5, row: row as AnyRow | null }))
    this.#standing = { ...this.#standing, cursor: page.cursor }
    this.#receive(entries, () => false)
    return true
  }

  #receive(entries: Iterable<BaseEntry>, takePending: () => boolean): void {
    const changed = new Set<TableName>()
    const households = this.#optimisticHouseholds()
    for (const entry of entries) {
      const known = this.#base.entry(entry.table, entry.id)
      if (!this.#base.put(entry)) continue
      changed.add(entry.table)
      if (entry.table === 'contactEntries') addHouseholds(households, known, entry)
    }
    const isPendingChanged = takePending()
    if (isPendingChanged || (changed.size > 0 && this.#pending.length > 0)) for (const table of this.#optimistic.replay(this.#pending)) changed.add(table)
    if (isPendingChanged || changed.size > 0) this.#changed(changed, households)
  }

  /**
   * All base rows at once, after rows were removed from the store, or while the store is being opened.
   * @param summary stands for packed entries that are still to come
   */
  replaceBase(base: BaseRows, stored: readonly PendingCommand[], standing: ReplicaStanding, summary: ContactSummary | null = null): void {
    this.#base = base
    this.#summary = summary
    this.#optimistic = new OptimisticRows(base, this.actorId)
    this.#takePending(stored, standing)
    this.#optimistic.replay(this.#pending)
    this.#changed(tableNames, null)
  }

  report(progress: ReplicaProgress): void {
    if (isDeepEqual(progress, this.#progress)) return
    this.#progress = progress
    this.announce()
  }

  /** A stored command takes the place of the one in flight; one that was settled at once does not come back. */
  #takePending(stored: readonly PendingCommand[], standing: ReplicaStanding): boolean {
    this.#standing = standing
    for (const { id } of stored) this.#inFlight.delete(id)
    for (const [id, { n }] of this.#inFlight) if (n !== null && n <= standing.lastN) this.#inFlight.delete(id)
    const next = inOrder([...stored, ...this.#inFlight.values()])
    if (next.length === this.#pending.length && next.every((p, i) => isSamePending(p, this.#pending[i]))) return false
    this.#pending = next
    this.#attention = next.filter((p) => p.status === 'refused').map((p) => ({ ...p, n: p.n ?? 0, error: p.error ?? appError('app/bug') }))
    return true
  }

  *#baseRowsWithout(table: TableName, optimistic: ReadonlyMap<string, AnyRow>): Iterable<AnyRow> {
    for (const row of this.#base.rows(table)) if (!optimistic.has(row.id)) yield row
  }

  #optimisticEntries(): ReadonlyMap<string, ContactEntry> {
    return this.#optimistic.rows('contactEntries') as ReadonlyMap<string, ContactEntry>
  }

  /** Those whose entries a pending command touches; few, where the base has thousands. */
  #optimisticHouseholds(): Set<string> {
    return new Set([...this.#optimisticEntries().values()].map((row) => row.householdId))
  }

  #changed(tables: Iterable<TableName>, households: ReadonlySet<string> | null): void {
    this.#forget(tables, households)
    this.announce()
  }

  /** @param households whose entries changed, besides those that a pending command touches now; null = any */
  #forget(tables: Iterable<TableName>, households: ReadonlySet<string> | null): void {
    for (const table of tables) {
      this.#lists.delete(table)
      this.#byHousehold.delete(table)
      if (table === 'contactEntries') this.#entries.forget(households && [...households, ...this.#optimisticHouseholds()])
    }
    this.#version++
  }
}

const NO_ROWS: readonly AnyRow[] = []
const isSamePending = (a: PendingCommand, b: PendingCommand | undefined): boolean => a.id === b?.id && a.status === b.status && a.n === b.n

function addHouseholds(households: Set<string>, ...entries: readonly (BaseEntry | undefined)[]): void {
  for (const entry of entries) {
    const facts = entry && entryFactsOf(entry)
    if (facts) households.add(facts.householdId)
  }
}

function indexByHousehold(table: TableName, rows: readonly AnyRow[]): ByHousehold {
  const index = new Map<string, AnyRow[]>()
  for (const row of rows) {
    const households = householdsOfRow(table, row)
    for (const id of households === 'firm' ? [] : households) {
      const list = index.get(id)
      if (list) list.push(row)
      else index.set(id, [row])
    }
  }
  return index
}
