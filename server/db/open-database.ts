import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient, type Transaction } from 'kysely'
import pg from 'pg'
import { pipelined } from './pipelined-pool.ts'
import type { Database } from './schema.ts'

export type Db = Kysely<Database>
export type Tx = Transaction<Database>

const INT8 = 20
const DATE = 1082
/** Every bigint of ours is a safe integer; a date stays the text it is. */
const parsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return Number
    if (oid === DATE) return (text: string) => text
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid)
  }) as typeof pg.types.getTypeParser,
}

/**
 * Outside of `withActor` a connection is 'gate': it sees sessions, devices and people, for sign-in, and nothing of clients.
 * @param onError told of a connection that broke while idle; the pool replaces it
 * @param actor 'system' for tools of administrators, which work on everything
 */
export function openDatabase(url: string, onError: (error: Error) => void, maxConnections = 16, actor: 'gate' | 'system' = 'gate'): Db {
  const pool = new pg.Pool({ connectionString: url, max: maxConnections, types: parsers, connectionTimeoutMillis: 10_000, application_name: 'rapport', pipeline: true })
  pool.on('error', onError)
  pool.on('connect', (client) => void client.query(`SET rapport.actor = '${actor}'`).catch(() => undefined)) // without it policies show nothing
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: poolOver(pool) }) })
}

/** The pool as Kysely sees it: its connections take several statements in one round trip. */
const poolOver = (pool: pg.Pool): PostgresPool => ({
  connect: async () => {
    const client = await pool.connect()
    const connection = pipelined(client)
    const release = (isBroken?: boolean): void => {
      connection.forget()
      client.release(isBroken === true)
    }
    return { query: connection.query.bind(connection), release } as unknown as PostgresPoolClient
  },
  end: () => pool.end(),
  options: {},
})

/** One connection by itself, for what a pool cannot do, and for everything in the database. The caller ends it. */
export async function openClient(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, types: parsers, connectionTimeoutMillis: 10_000, application_name: 'rapport' })
  client.on('error', () => undefined) // told again by the statement under way, or by the next one
  await client.connect()
  await client.query(`SET rapport.actor = 'system'`)
  return client
}

/** Kysely on that one connection: its statements share a transaction with what else is sent over it. */
export function kyselyOn(client: pg.Client): Db {
  const one = pipelined(client)
  const connection = { query: one.query.bind(one), release: () => undefined } as unknown as PostgresPoolClient
  const pool = { connect: async () => connection, end: async () => undefined, options: {} }
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}
