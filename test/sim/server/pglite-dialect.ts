import { PGlite } from '@electric-sql/pglite'
import { CompiledQuery, type DatabaseConnection, type Dialect, type Driver, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type QueryResult } from 'kysely'
import pg from 'pg'

const INT8 = 20
const DATE = 1082
const BYTEA = 17
/** As server/db/open-database.ts has pg read them. */
const parsers = { [INT8]: Number, [DATE]: (text: string) => text, [BYTEA]: (text: string) => Buffer.from(text.slice(2), 'hex') }

/** What happens around each statement: waits, faults, the end of the process (a promise that never settles). */
export interface StatementGate {
  before(sql: string): Promise<void>
  after(sql: string): Promise<void>
}

export const openGate: StatementGate = { before: async () => undefined, after: async () => undefined }

/** PostgreSQL in this process behind Kysely: one connection, taken in turns, as a pool of one would. */
export class PgliteDatabase {
  readonly pglite: PGlite
  gate = openGate
  #last: Promise<void> = Promise.resolve()
  #isInTransaction = false

  private constructor(pglite: PGlite) {
    this.pglite = pglite
  }

  static async open(): Promise<PgliteDatabase> {
    const pglite = new PGlite()
    await pglite.waitReady
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
  async alone<T>(work: (pglite: PGlite) => Promise<T>): Promise<T> {
    const release = await this.#acquire()
    try {
      return await work(this.pglite)
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
  async forgetConnections(): Promise<void> {
    this.#last = Promise.resolve()
    if (this.#isInTransaction) await this.pglite.exec('ROLLBACK')
    this.#isInTransaction = false
  }

  #driver(): Driver {
    const releases = new WeakMap<DatabaseConnection, () => void>()
    return {
      init: async () => undefined,
      acquireConnection: async () => {
        const release = await this.#acquire()
        const connection = { executeQuery: <R>(query: CompiledQuery) => this.#run<R>(query), streamQuery: notStreamed }
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

  async #run<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    await this.gate.before(sql)
    try {
      const { rows, affectedRows } = await this.pglite.query<R>(sql, [...parameters], { parsers })
      await this.gate.after(sql)
      return { rows, numAffectedRows: BigInt(affectedRows ?? 0) }
    } catch (error) {
      throw asPgError(error)
    }
  }
}

// biome-ignore lint/correctness/useYield: there is nothing to yield
async function* notStreamed(): AsyncIterableIterator<never> {
  throw new Error('streaming is not supported')
}

/** The server knows database errors by pg's class. */
function asPgError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || error instanceof pg.DatabaseError) return error
  return databaseError(String(error.code), error.message, error)
}

/** @param code SQLSTATE */
export function databaseError(code: string, message: string, fields: object = {}): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError(message, message.length, 'error'), fields, { code, message })
}
