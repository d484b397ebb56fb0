import { PGlite } from '@electric-sql/pglite'
import { CompiledQuery, type DatabaseConnection, type Dialect, type Driver, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type QueryResult } from 'kysely'
import pg from 'pg'
import pgUtils from 'pg/lib/utils.js'
import { type Answer, Bundle } from '../../../server/db/together.ts'
import { world } from '../world/globals.ts'
import type { Process } from '../world/scheduler.ts'
import { bindMessage, parseMessage, readAnswer, runMessages } from './pg-wire.ts'

const INT8 = 20
const DATE = 1082
/** As server/db/open-database.ts has pg read them. */
const parserOf = (oid: number): ((text: string) => unknown) => (oid === INT8 ? Number : oid === DATE ? (text) => text : pg.types.getTypeParser(oid))
/** What node-postgres makes of a parameter. */
const prepareValue = (pgUtils as unknown as { prepareValue(value: unknown): string | Uint8Array | null }).prepareValue

interface Parser {
  readonly name: string
  readonly parse: (text: string) => unknown
}

/** What happens around each statement: waits, faults, the end of the process (a promise that never settles). */
export interface StatementGate {
  before(sql: string): Promise<void>
  after(sql: string): Promise<void>
}

interface Line {
  readonly generation: number
  readonly owner: Process
}

const never = () => new Promise<never>(() => undefined)

export const openGate: StatementGate = { before: async () => undefined, after: async () => undefined }

/** PostgreSQL in this process behind Kysely: one connection, taken in turns, as a pool of one would. */
export class PgliteDatabase {
  readonly pglite: PGlite
  gate = openGate
  #last: Promise<void> = Promise.resolve()
  #isInTransaction = false
  #generation = 0 // counts the times that all connections were lost
  readonly #statements = new Map<string, { readonly name: string; readonly columns: readonly Parser[] }>() // by text
  /** What was told on a channel that is listened to. */
  onNotice: (payload: string) => void = () => undefined

  private constructor(pglite: PGlite) {
    this.pglite = pglite
  }

  static async open(): Promise<PgliteDatabase> {
    const pglite = new PGlite()
    await pglite.waitReady
    await pglite.exec('SET plan_cache_mode = force_generic_plan') // the same plan at first and later, so that a seed plays the same
    return new PgliteDatabase(pglite)
  }

  dialect(): Dialect {
    return {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => this.#driver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    }
  }

  /** Work on the bare database while no transaction of the server is open. */
  async alone<T>(work: () => T): Promise<T> {
    const release = await this.#acquire()
    try {
      return work()
    } finally {
      release()
    }
  }

  async #acquire(): Promise<() => void> {
    let release: () => void = () => undefined
    const before = this.#last
    this.#last = new Promise((resolve) => {
      release = resolve
    })
    await before
    return release
  }

  /** The server process died: its transaction is rolled back, and nobody of it waits for the connection any more. */
  forgetConnections(): void {
    this.#generation++
    this.#last = Promise.resolve()
    if (this.#isInTransaction) this.query('ROLLBACK')
    this.#isInTransaction = false
  }

  #driver(): Driver {
    const releases = new WeakMap<DatabaseConnection, () => void>()
    return {
      init: async () => undefined,
      acquireConnection: async () => {
        const line = { generation: this.#generation, owner: world.scheduler.current }
        if (!line.owner.isAlive) return never() // its promises go on for a moment after its end
        const release = await this.#acquire()
        const connection = { executeQuery: <R>(query: CompiledQuery) => this.#runAny<R>(query, line), streamQuery: notStreamed }
        releases.set(connection, release)
        return connection
      },
      beginTransaction: async (connection, { isolationLevel }) => {
        this.#isInTransaction = true
        await connection.executeQuery(CompiledQuery.raw(isolationLevel ? `BEGIN ISOLATION LEVEL ${isolationLevel}` : 'BEGIN'))
      },
      commitTransaction: async (connection) => {
        await connection.executeQuery(CompiledQuery.raw('COMMIT'))
        this.#isInTransaction = false
      },
      rollbackTransaction: async (connection) => {
        await connection.executeQuery(CompiledQuery.raw('ROLLBACK'))
        this.#isInTransaction = false
      },
      releaseConnection: async (connection) => releases.get(connection)?.(),
      destroy: async () => undefined,
    }
  }

  /** Statements that travel together each pass the gate: whatever may come between two of them is tried. */
  async #runAny<R>(query: CompiledQuery, line: Line): Promise<QueryResult<R>> {
    const [bundle] = query.parameters
    if (!(bundle instanceof Bundle)) return this.#run<R>(query, line)
    const answers: Answer<unknown>[] = []
    for (const one of bundle.queries) {
      const { rows, numAffectedRows } = await this.#run(one, line)
      answers.push({ rows, count: Number(numAffectedRows) })
    }
    return { rows: answers as R[] }
  }

  async #run<R>({ sql, parameters }: CompiledQuery, { generation, owner }: Line): Promise<QueryResult<R>> {
    if (!owner.isAlive) return never()
    await this.gate.before(sql)
    if (generation !== this.#generation) throw databaseError('57P01', 'the connection was lost')
    const result = this.#execute<R>(sql, parameters)
    await this.gate.after(sql)
    return result
  }

  /** Straight from the harness, past the gate: for what is no work of the server's. @throws pg's DatabaseError */
  query<R>(sql: string, parameters: readonly unknown[] = []): readonly R[] {
    return this.#execute<R>(sql, parameters).rows
  }

  /** Prepared statements by the bare protocol, at once: ten times as fast as PGlite's own `query`. @throws pg's DatabaseError */
  #execute<R>(sql: string, parameters: readonly unknown[]): QueryResult<R> {
    const known = this.#statements.get(sql)
    const name = known?.name ?? `s${this.#statements.size}`
    const bound = bindMessage(
      name,
      parameters.map((value) => prepareValue(value)),
    )
    const chunks: Buffer[] = []
    const toSend = Buffer.concat([...(known ? [] : [parseMessage(name, sql)]), bound, runMessages(known !== undefined)])
    world.hasTimers = false
    void this.pglite.execProtocolRawStream(toSend, { syncToFs: false, onRawData: (bytes) => void chunks.push(Buffer.from(bytes)) }) // answers before it returns
    world.hasTimers = true
    const { columns, rows, affected, error, notices } = readAnswer(Buffer.concat(chunks))
    for (const { payload } of notices) this.onNotice(payload)
    if (error) throw databaseError(error['C'] ?? 'XX000', error['M'] ?? '', { detail: error['D'], constraint: error['n'], table: error['t'], column: error['c'] })
    const parsers = known?.columns ?? (columns ?? []).map(({ name: column, typeId }) => ({ name: column, parse: parserOf(typeId) }))
    if (!known) this.#statements.set(sql, { name, columns: parsers })
    return { rows: rows.map((texts) => rowOf(parsers, texts) as R), numAffectedRows: BigInt(affected) }
  }
}

function rowOf(parsers: readonly Parser[], texts: readonly (string | null)[]): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (const [i, { name, parse }] of parsers.entries()) {
    const text = texts[i]
    row[name] = text == null ? null : parse(text)
  }
  return row
}

// biome-ignore lint/correctness/useYield: there is nothing to yield
async function* notStreamed(): AsyncIterableIterator<never> {
  throw new Error('streaming is not supported')
}

/** @param code SQLSTATE */
export function databaseError(code: string, message: string, fields: object = {}): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError(message, message.length, 'error'), fields, { code, message })
}
