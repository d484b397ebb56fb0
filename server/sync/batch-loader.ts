import { sql } from 'kysely'
import type { RowKey } from '../../shared/commands/define-command.ts'
import type { ParsedCall } from '../../shared/commands/run-command.ts'
import { householdsOfRow, type TableName } from '../../shared/domain/tables.ts'
import { entryIdOf } from '../auth/entry-parts.ts'
import type { Tx } from '../db/open-database.ts'
import { selectRows, selectRowsById } from '../db/record-sql.ts'
import { BatchRows, type TableRow } from './batch-rows.ts'

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
      await this.#loadAround()
    }
  }

  /** Fetches rows that are not here yet. */
  async loadKeys(keys: readonly RowKey[]): Promise<void> {
    const idsByTable = new Map<TableName, Set<string>>()
    for (const { table, id } of keys.filter((k) => !this.rows.has(k.table, k.id))) idsByTable.set(table, (idsByTable.get(table) ?? new Set()).add(id))
    await Promise.all([...idsByTable].map(([table, ids]) => this.#loadIds(table, [...ids])))
  }

  /** What the policy asks for around rows that are new here: the entry behind a follow-up or claim (is it confidential?), the household of each row, and who covers it. */
  async #loadAround(): Promise<void> {
    for (let rows = this.rows.takeUnseen(); rows.length > 0; rows = this.rows.takeUnseen()) {
      await this.loadKeys(rows.flatMap(({ table, row }) => entryIdOf(table, row) ?? []).map((id) => ({ table: 'contactEntries', id }) as const))
      await this.#loadHouseholds(rows)
    }
  }

  async #loadIds(table: TableName, ids: readonly string[]): Promise<void> {
    for (const { row } of await selectRowsById(this.#tx, table, ids)) this.rows.addStored(table, row.id, row)
    for (const id of ids) this.rows.addStored(table, id, null)
  }

  async #loadHouseholds(rows: readonly TableRow[]): Promise<void> {
    const households = rows.flatMap(({ table, row }) => householdsOfRow(table, row)).filter((id) => id !== 'firm')
    const added = [...new Set(households)].filter((id) => !this.#covered.has(id))
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
