/** A server in memory that keeps the rules of docs/spec/sync.md, built on the shared code; the outside world of renderer tests. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { RowReader } from '../../shared/commands/define-command.ts'
import { parseCall } from '../../shared/commands/run-command.ts'
import { firmTables, householdTables, mayReadEntry } from '../../shared/domain/access/visibility.ts'
import type { Role } from '../../shared/domain/colleague/colleague.ts'
import { type AnyRow, householdsOfRow, type RowOf, type TableName } from '../../shared/domain/tables.ts'
import { canonicalJson } from '../../shared/lib/canonical-json.ts'
import type { PackedPage } from '../../shared/sync/packed-page.ts'
import type { AccessLevel, PullResponse, ScopeEntry, SnapshotRequest, WireRow } from '../../shared/sync/pull.ts'
import type { CommandEnvelope, CommandOutcome } from '../../shared/sync/push.ts'
import type { SeedRow } from './firm-rows.ts'
import { packRows } from './packed-pages.ts'

interface ServerRow {
  readonly table: TableName
  readonly id: string
  readonly seq: number
  readonly row: AnyRow
}

export interface Actor {
  readonly id: string
  readonly role: Role
}

type Stored = CommandOutcome & { readonly seq: number } // the head when it was decided

export class FakeServer {
  epoch = 'epoch-1'
  pageRows = 500
  nowMs: number
  #seq = 0
  readonly #rows = new Map<string, ServerRow>()
  readonly #access = new Map<string, Map<string, AccessLevel>>()
  readonly #outcomes = new Map<string, Stored[]>()

  constructor(nowMs: number) {
    this.nowMs = nowMs
  }

  seed(rows: readonly SeedRow[]): void {
    for (const { table, row } of rows) this.put(table, row)
  }

  put(table: TableName, row: AnyRow): void {
    this.#rows.set(`${table} ${row.id}`, { table, id: row.id, seq: ++this.#seq, row })
  }

  find<T extends TableName>(table: T, id: string): RowOf<T> | undefined {
    return this.#rows.get(`${table} ${id}`)?.row as RowOf<T> | undefined
  }

  /** @param access null = the person no longer sees the household */
  setAccess(actorId: string, householdId: string, access: AccessLevel | null): void {
    const scope = this.#access.get(actorId) ?? new Map<string, AccessLevel>()
    this.#access.set(actorId, scope)
    if (access) scope.set(householdId, access)
    else scope.delete(householdId)
  }

  /** The server's state as after a restore from an empty backup: its order begins anew, and it knows no device. */
  restore(epoch: string, rows: readonly SeedRow[]): void {
    this.epoch = epoch
    this.#seq = 0
    this.#rows.clear()
    this.#outcomes.clear()
    this.seed(rows)
  }

  push(deviceId: string, actorId: string, commands: readonly CommandEnvelope[]): readonly CommandOutcome[] {
    const outcomes = this.#outcomes.get(deviceId) ?? []
    this.#outcomes.set(deviceId, outcomes)
    for (const command of commands) {
      if (outcomes.some((o) => o.n === command.n)) continue
      if (command.n !== outcomes.length + 1) throw new Error('gap')
      outcomes.push(this.#decide(actorId, command))
    }
    return outcomes.filter((o) => commands.some((c) => c.n === o.n)).map(wireOutcome)
  }

  #decide(actorId: string, command: CommandEnvelope): Stored {
    const parsed = parseCall(command)
    const context = { actorId, commandId: command.id, madeAtMs: command.madeAtMs, receivedAtMs: this.nowMs }
    const result = parsed.ok ? parsed.value.apply(this.#asSeenBy(actorId), context) : parsed
    if (result.ok) for (const { table, after } of result.value) this.put(table, after)
    const error = result.ok ? null : result.error
    return { n: command.n, id: command.id, status: result.ok ? 'applied' : 'refused', error, seq: this.#seq }
  }

  /** The policy, reduced to one rule: a household out of the actor's scope is not found (spec C4). */
  #asSeenBy(actorId: string): RowReader {
    return { find: (table, id) => (table === 'households' && !this.#access.get(actorId)?.has(id) ? undefined : this.find(table, id)) }
  }

  pull(deviceId: string, actor: Actor, request: { readonly cursor: number | null; readonly scopeHash: string | null; readonly sinceN: number }): PullResponse {
    const from = request.cursor ?? this.#seq
    const newer = this.#inOrder().filter((r) => r.seq > from)
    const page = newer.slice(0, this.pageRows)
    const cursor = page.length < newer.length ? (page.at(-1)?.seq ?? from) : this.#seq
    const scope = this.#scopeOf(actor.id)
    const scopeHash = bytesToHex(sha256(utf8ToBytes(canonicalJson(scope))))
    const outcomes = this.#outcomes.get(deviceId) ?? []
    return {
      epoch: this.epoch,
      cursor,
      hasMore: page.length < newer.length,
      rows: page.map((r) => this.#wire(r, actor)),
      lastN: outcomes.filter((o) => o.seq <= cursor).at(-1)?.n ?? 0,
      outcomes: outcomes
        .filter((o) => o.n > request.sinceN && o.seq <= cursor)
        .slice(0, 500)
        .map(wireOutcome),
      scopeHash,
      scope: scopeHash === request.scopeHash ? null : scope,
      head: { size: this.#seq, hash: bytesToHex(sha256(utf8ToBytes(`${this.epoch} ${this.#seq}`))), hashAtNamed: null },
    }
  }

  /** @param after the number of rows already sent, as text */
  snapshot(actor: Actor, request: Omit<SnapshotRequest, 'protocol'>): PackedPage {
    const wanted = this.#inOrder().filter((r) => {
      const households = householdsOfRow(r.table, r.row)
      const isAsked = request.householdIds.length === 0 ? households === 'firm' : households !== 'firm' && households.some((id) => request.householdIds.includes(id))
      const isOfPart = request.part === undefined || (r.table === 'contactEntries') === (request.part === 'entries')
      return isAsked && isOfPart && this.#isVisible(r, actor)
    })
    const start = Number(request.after ?? '0')
    const rows = wanted.slice(start, start + this.pageRows).map(({ table, id, seq, row }) => ({ table, id, seq, row }))
    return packRows(rows, request.householdIds, start + rows.length < wanted.length ? String(start + rows.length) : null)
  }

  #inOrder(): readonly ServerRow[] {
    return [...this.#rows.values()].sort((a, b) => a.seq - b.seq)
  }

  #scopeOf(actorId: string): ScopeEntry[] {
    const entries = [...(this.#access.get(actorId) ?? [])].map(([householdId, access]) => ({ householdId, access }))
    return entries.sort((a, b) => (a.householdId < b.householdId ? -1 : 1))
  }

  #wire(row: ServerRow, actor: Actor): WireRow {
    return { table: row.table, id: row.id, seq: row.seq, row: this.#isVisible(row, actor) ? row.row : null }
  }

  #isVisible({ table, row }: ServerRow, actor: Actor): boolean {
    const households = householdsOfRow(table, row)
    if (households === 'firm') return firmTables(actor.role).includes(table)
    return households.some((id) => {
      const access = this.#access.get(actor.id)?.get(id)
      if (!access || !householdTables[access].includes(table)) return false
      return table !== 'contactEntries' || mayReadEntry(row as RowOf<'contactEntries'>, actor.id, access)
    })
  }
}

const wireOutcome = ({ n, id, status, error }: Stored): CommandOutcome => ({ n, id, status, error })
