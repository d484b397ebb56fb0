import { CompiledQuery, type QueryExecutorProvider } from 'kysely'
import type { Db, Tx } from './open-database.ts'

/** A statement of Kysely's: a query builder, or a piece of `sql`. */
export interface Statement<R> {
  compile(db: QueryExecutorProvider): CompiledQuery<R>
}

/** What a statement brought. */
export interface Answer<R> {
  readonly rows: readonly R[]
  readonly count: number // rows that it wrote or returned
}

type Answers<S extends readonly Statement<unknown>[]> = { readonly [K in keyof S]: S[K] extends Statement<infer R> ? Answer<R> : never }

/** Travels through Kysely as the parameter of one query; whoever sends to PostgreSQL takes it apart again. */
export class Bundle {
  readonly queries: readonly CompiledQuery[]
  readonly isOwed: boolean // nobody waits for the answers: an error is thrown by the next statement

  constructor(queries: readonly CompiledQuery[], isOwed: boolean) {
    this.queries = queries
    this.isOwed = isOwed
  }
}

function send(db: Db | Tx, statements: readonly Statement<unknown>[], isOwed: boolean): Promise<readonly unknown[]> {
  const bundle = new Bundle(
    statements.map((s) => s.compile(db)),
    isOwed,
  )
  return db.executeQuery(CompiledQuery.raw('', [bundle])).then(({ rows }) => rows)
}

/**
 * Sends statements one behind the other and waits once: however many they are, they cost one round trip. PostgreSQL runs them in this order, each on what
 * those before have written. The first error is thrown, when all have ended.
 */
export async function together<const S extends readonly Statement<unknown>[]>(db: Db | Tx, ...statements: S): Promise<Answers<S>> {
  if (statements.length === 0) return [] as unknown as Answers<S>
  return (await send(db, statements, false)) as unknown as Answers<S>
}

/** Sends a statement whose answer nobody needs, without waiting; if it fails, the next statement of the transaction throws its error. */
export async function sendAhead(tx: Tx, statement: Statement<unknown>): Promise<void> {
  await send(tx, [statement], true)
}
