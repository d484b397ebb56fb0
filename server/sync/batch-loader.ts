import { sql } from 'kysely'
import type { RowKey } from '../../shared/commands/define-command.ts'
import type { ParsedCall } from '../../shared/commands/run-command.ts'
import type { TableName } from '../../shared/domain/tables.ts'
import { entryIdOf } from '../auth/entry-parts.ts'
import type { Tx } from '../db/open-database.ts'
import { selectRows, selectRowsById } from '../db/record-sql.ts'
import { BatchRows } from './batch-rows.ts'

/** A command may name keys that it read off rows of the round before; deeper than this none goes. */
const MAX_ROUNDS = 4

/** Fetches what commands and policy look at, with one query a table and round for a whole batch. */
export class BatchLoader {
  readonly rows = new BatchRows()
  readonly #tx: Tx
  readonly #covered = new Set<string>() // households whose coverages are loaded

  constructor(tx: Tx) {
    this.#tx = tx
  }

  async load(calls: readonly ParsedCall[]): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const missing = calls.flatMap((call) => call.reads(this.rows)).filter(({ table, id }) => !this.rows.has(table, id))
      if (missing.length === 0 && round > 0) return
      await this.loadKeys(missing)
      await this.loadKeys(this.#entryKeys())
      await this.#loadHouseholds()
    }
  }

  /** Fetches rows that are not here yet. */
  async loadKeys(keys: readonly RowKey[]): Promise<void> {
    const idsByTable = new Map<TableName, Set<string>>()
    for (const { table, id } of keys.filter((k) => !this.rows.has(k.table, k.id))) idsByTable.set(table, (idsByTable.get(table) ?? new Set()).add(id))
    await Promise.all([...idsByTable].map(([table, ids]) => this.#loadIds(table, [...ids])))
  }

  /** The policy asks whether the entry behind a follow-up or claim is confidential. */
  #entryKeys(): readonly RowKey[] {
    const parts = (['followUps', 'outcomeClaims'] as const).flatMap((table) => this.rows.list(table).flatMap((row) => entryIdOf(table, row) ?? []))
    return parts.map((id) => ({ table: 'contactEntries', id }))
  }

  async #loadIds(table: TableName, ids: readonly string[]): Promise<void> {
    for (const { row } of await selectRowsById(this.#tx, table, ids)) this.rows.addStored(table, row.id, row)
    for (const id of ids) this.rows.addStored(table, id, null)
  }

  /** The policy asks for each household that a row belongs to, and for who covers it. */
  async #loadHouseholds(): Promise<void> {
    const added = this.rows.householdIds().filter((id) => !this.#covered.has(id))
    if (added.length === 0) return
    for (const id of added) this.#covered.add(id)
    await Promise.all([
      this.#loadIds(
        'households',
        added.filter((id) => !this.rows.has('households', id)),
      ),
      this.loadWhere('coverages', added),
    ])
  }

  /** All rows of a table that belong to these households. */
  async loadWhere(table: 'coverages' | 'accounts' | 'outcomeClaims' | 'verificationCases', householdIds: readonly string[]): Promise<void> {
    for (const { row } of await selectRows(this.#tx, table, sql`household_id = ANY(${householdIds}::uuid[])`)) this.rows.addStored(table, row.id, row)
  }
}
