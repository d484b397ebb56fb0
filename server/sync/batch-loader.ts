import { type RawBuilder, sql } from 'kysely'
import type { RowKey, RowReader } from '../../shared/commands/define-command.ts'
import type { ParsedCall } from '../../shared/commands/run-command.ts'
import { householdsOfRow, type TableName } from '../../shared/domain/tables.ts'
import { entryIdOf } from '../auth/entry-parts.ts'
import { snakeCase } from '../db/columns.ts'
import type { Tx } from '../db/open-database.ts'
import { rowsById, rowsWhere, type StoredRow } from '../db/record-sql.ts'
import { type Answer, type Statement, together } from '../db/together.ts'
import { BatchRows, type TableRow } from './batch-rows.ts'

/** A command may name keys that it read off rows of the round before; deeper than this none goes. */
const MAX_ROUNDS = 4

/** Tables of rows that the maker of a command has to see to name them; a case is opened for a claim by people who do not see it. */
const GATED: ReadonlySet<TableName> = new Set(['households', 'persons', 'accounts', 'coverages', 'contactEntries', 'followUps', 'outcomeClaims', 'accountActivities'])

/** The rows that a call's maker has to see. A coverage may be given in a household that nobody of the team covers any more. */
function gatedKeys(call: ParsedCall, rows: BatchRows): readonly RowKey[] {
  if (call.name === 'coverage/grant' || call.name === 'coverage/end') return []
  const keys = call.reads(rows).filter(({ table }) => GATED.has(table))
  if (call.name !== 'person/edit') return keys
  const { id } = call.args as { readonly id: string }
  const memberships = rows.find('persons', id)?.memberships ?? []
  return keys.filter((k) => k.id === id || (k.table === 'households' && !memberships.some((m) => m.householdId === k.id)))
}

const ofHouseholds = (table: TableName, householdIds: readonly string[]) => rowsWhere(table, sql`household_id = ANY(${householdIds}::uuid[])`)

/** Statements that fetch rows, and what takes their answers in. */
interface Wanted {
  readonly statements: readonly Statement<StoredRow>[]
  readonly takeIn: (answers: readonly Answer<StoredRow>[]) => void
}

/** What a batch is known to look at before any of its rows is here. */
interface Beginning {
  readonly seen: Statement<SeenRow>
  readonly coverages: Statement<StoredRow>
  readonly rows: readonly Statement<StoredRow>[]
  readonly takeIn: (seen: Answer<SeenRow>, coverages: Answer<StoredRow>, rows: readonly Answer<StoredRow>[]) => void
}

interface SeenRow {
  readonly id: string
}

/** Which of the stored rows among these the policies of rows show to a person (R3). */
function seenBy(personId: string | null, keys: readonly RowKey[]): RawBuilder<SeenRow> {
  const wanted = Object.fromEntries([...Map.groupBy(keys, (k) => snakeCase(k.table))].map(([table, group]) => [table, group.map((k) => k.id)]))
  return sql`SELECT rls_seen(${personId}, ${JSON.stringify(wanted)}::jsonb) AS id`
}

/** Fetches what commands and policy look at, with one query a table and round for a whole batch. */
export class BatchLoader {
  readonly rows = new BatchRows()
  readonly #tx: Tx
  readonly #covered = new Set<string>() // households whose coverages are loaded
  readonly #personId: string | null
  readonly #asked = new Map<TableName, Set<string>>() // ids of stored rows of which the database said whether the person sees them
  readonly #seen = new Set<string>() // ids

  /** @param personId whose commands they are; null = the set-up, from which nothing is hidden */
  constructor(tx: Tx, personId: string | null) {
    this.#tx = tx
    this.#personId = personId
  }

  /** Whether something is to be fetched before this call can run; as a rule all of it came with the batch. */
  lacks(call: ParsedCall): boolean {
    if (this.rows.unseen.some((row) => this.#leadsOn(row))) return true
    this.rows.takeUnseen()
    return call.reads(this.rows).some(({ table, id }) => !this.rows.has(table, id) || this.#isToBeAsked(table, id))
  }

  #leadsOn({ table, row }: TableRow): boolean {
    const entryId = entryIdOf(table, row)
    if (entryId !== null && !this.rows.has('contactEntries', entryId)) return true
    const households = householdsOfRow(table, row)
    return households !== 'firm' && households.some((id) => !this.#covered.has(id))
  }

  #isToBeAsked(table: TableName, id: string): boolean {
    return this.#personId !== null && GATED.has(table) && this.rows.isStored(table, id) && !this.#wasAsked(table, id)
  }

  async load(calls: readonly ParsedCall[]): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const missing = calls.flatMap((call) => call.reads(this.rows)).filter(({ table, id }) => !this.rows.has(table, id))
      if (missing.length === 0 && round > 0) break
      await this.loadKeys(missing)
      await this.#loadAround()
    }
    await this.#askWhatIsSeen(calls)
  }

  /** One query for a batch: which of the stored rows that its commands name the policies of rows show to their maker (R3). */
  async #askWhatIsSeen(calls: readonly ParsedCall[]): Promise<void> {
    if (this.#personId === null) return
    const keys = calls.flatMap((call) => gatedKeys(call, this.rows)).filter(({ table, id }) => this.rows.isStored(table, id) && !this.#wasAsked(table, id))
    if (keys.length === 0) return
    const [{ rows }] = await together(this.#tx, seenBy(this.#personId, keys))
    this.#noteSeen(keys, rows)
  }

  #noteSeen(keys: readonly RowKey[], seen: readonly SeenRow[]): void {
    for (const { table, id } of keys) this.#asked.set(table, (this.#asked.get(table) ?? new Set()).add(id))
    for (const { id } of seen) this.#seen.add(id)
  }

  /** One trip for as a rule everything: the rows that the calls name, who covers the households among them, and which of them the calls' maker sees. */
  begin(calls: readonly ParsedCall[]): Beginning {
    const keys = calls.flatMap((call) => call.reads(this.rows))
    const wanted = this.missing(keys)
    const households = [...new Set(keys.flatMap(({ table, id }) => (table === 'households' ? id : [])))]
    const gated = calls.flatMap((call) => (call.name === 'person/edit' ? [] : gatedKeys(call, this.rows))) // whose households count is known from the stored person
    return {
      seen: seenBy(this.#personId, gated),
      coverages: ofHouseholds('coverages', households),
      rows: wanted.statements,
      takeIn: (seen, coverages, rows) => {
        wanted.takeIn(rows)
        for (const id of households) this.#covered.add(id)
        this.#takeIn('coverages', [], coverages.rows)
        this.#noteSeen(
          gated.filter(({ table, id }) => this.rows.isStored(table, id)),
          seen.rows,
        )
      },
    }
  }

  /** Whether the policies of rows keep a stored row that a command named from its maker. */
  hides(table: TableName, id: string): boolean {
    return this.#wasAsked(table, id) && !this.#seen.has(id.toLowerCase())
  }

  #wasAsked(table: TableName, id: string): boolean {
    return this.#asked.get(table)?.has(id) ?? false
  }

  /** The rows as the commands' maker may know them: hidden is like absent, a second lock behind `can`. */
  get shown(): RowReader {
    return { find: (table, id) => (this.hides(table, id) ? undefined : this.rows.find(table, id)) }
  }

  /** Fetches rows that are not here yet. */
  async loadKeys(keys: readonly RowKey[]): Promise<void> {
    const wanted = this.missing(keys)
    wanted.takeIn(await together(this.#tx, ...wanted.statements))
  }

  /** The same in two steps, so that the statements can travel with others. */
  missing(keys: readonly RowKey[]): Wanted {
    const byTable = [
      ...Map.groupBy(
        keys.filter((k) => !this.rows.has(k.table, k.id)),
        (k) => k.table,
      ),
    ].map(([table, group]) => ({ table, ids: [...new Set(group.map((k) => k.id))] }))
    return {
      statements: byTable.map(({ table, ids }) => rowsById(table, ids)),
      takeIn: (answers) => {
        for (const [i, { table, ids }] of byTable.entries()) this.#takeIn(table, ids, answers[i]?.rows ?? [])
      },
    }
  }

  #takeIn(table: TableName, ids: readonly string[], found: readonly StoredRow[]): void {
    for (const { row } of found) this.rows.addStored(table, row.id, row)
    for (const id of ids) this.rows.addStored(table, id, null)
  }

  /** What the policy asks for around rows that are new here: the entry behind a follow-up or claim (is it confidential?), the household of each row, and who covers it. */
  async #loadAround(): Promise<void> {
    for (let rows = this.rows.takeUnseen(); rows.length > 0; rows = this.rows.takeUnseen()) {
      await this.loadKeys(rows.flatMap(({ table, row }) => entryIdOf(table, row) ?? []).map((id) => ({ table: 'contactEntries', id }) as const))
      await this.#loadHouseholds(rows)
    }
  }

  async #loadHouseholds(rows: readonly TableRow[]): Promise<void> {
    const households = rows.flatMap(({ table, row }) => householdsOfRow(table, row)).filter((id) => id !== 'firm')
    const added = [...new Set(households)].filter((id) => !this.#covered.has(id))
    if (added.length === 0) return
    for (const id of added) this.#covered.add(id)
    const wanted = this.missing(added.map((id) => ({ table: 'households', id })))
    const [coverages, ...answers] = await together(this.#tx, ofHouseholds('coverages', added), ...wanted.statements)
    this.#takeIn('coverages', [], coverages?.rows ?? [])
    wanted.takeIn(answers)
  }

  /** All rows of a table that belong to these households. */
  async loadWhere(table: 'coverages' | 'accounts' | 'outcomeClaims' | 'verificationCases', householdIds: readonly string[]): Promise<void> {
    this.#takeIn(table, [], (await ofHouseholds(table, householdIds).execute(this.#tx)).rows)
  }
}
