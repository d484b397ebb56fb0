import type { PgliteDatabase } from './pglite-dialect.ts'

interface Table {
  readonly name: string
  readonly hasIdentity: boolean
}

/** Copies of all tables, to begin each seed from and to restore backups from. */
export class TableCopies {
  readonly #database: PgliteDatabase
  readonly #tables: readonly Table[]

  private constructor(database: PgliteDatabase, tables: readonly Table[]) {
    this.#database = database
    this.#tables = tables
  }

  /** @param names of the copies that can be kept */
  static open(database: PgliteDatabase, names: readonly string[]): TableCopies {
    const tables = database.query<Table>(`
      SELECT c.relname AS name, EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attidentity = 'a') AS "hasIdentity"
      FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname NOT LIKE 'kysely_%' ORDER BY c.relname`)
    for (const name of names) {
      database.query(`CREATE SCHEMA ${name}`)
      for (const table of tables) database.query(`CREATE UNLOGGED TABLE ${name}."${table.name}" (LIKE public."${table.name}")`)
    }
    stopLogging(database)
    letTrailBeReset(database)
    letKeysWait(database)
    return new TableCopies(database, tables)
  }

  /** Keeps what the tables hold now under a name. */
  keep(name: string): void {
    for (const { name: table } of this.#tables) {
      this.#database.query(`DELETE FROM ${name}."${table}"`)
      this.#database.query(`INSERT INTO ${name}."${table}" SELECT * FROM public."${table}"`)
    }
  }

  /**
   * Puts the tables back to what they held when it was kept. Touches only rows that differ, and neither truncates nor turns triggers off:
   * that makes the database forget its plans, and to make them again takes longer than to play many a seed.
   */
  restore(name: string): void {
    const query = (sql: string) => void this.#database.query(sql)
    query('BEGIN')
    query('SET CONSTRAINTS ALL DEFERRED')
    query("SELECT set_config('sim.resets', 'on', true)")
    for (const { name: table } of this.#tables) query(`DELETE FROM public."${table}" is_now WHERE is_now::text NOT IN (SELECT was::text FROM ${name}."${table}" was)`)
    for (const { name: table, hasIdentity } of this.#tables)
      query(`INSERT INTO public."${table}" ${hasIdentity ? 'OVERRIDING SYSTEM VALUE' : ''}
        SELECT * FROM ${name}."${table}" was WHERE was::text NOT IN (SELECT is_now::text FROM public."${table}" is_now)`)
    query('COMMIT')
  }
}

/** Foreign keys that are checked at once can be checked at the end as well. */
function letKeysWait(database: PgliteDatabase): void {
  const keys = database.query<{ name: string; on: string }>(
    `SELECT conname AS name, conrelid::regclass::text AS on FROM pg_constraint WHERE contype = 'f' AND NOT condeferrable AND connamespace = 'public'::regnamespace ORDER BY 1`,
  )
  for (const key of keys) database.query(`ALTER TABLE ${key.on} ALTER CONSTRAINT "${key.name}" DEFERRABLE INITIALLY IMMEDIATE`)
}

/** Nothing of this database outlives the process: no table needs a log. One that others refer to comes after them. */
function stopLogging(database: PgliteDatabase): void {
  const logged = () =>
    database.query<{ name: string }>(`
      SELECT c.relname AS name FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relpersistence = 'p' AND NOT EXISTS (
        SELECT FROM pg_constraint k JOIN pg_class o ON o.oid = k.conrelid WHERE k.confrelid = c.oid AND k.contype = 'f' AND o.oid <> c.oid AND o.relpersistence = 'p')
      ORDER BY c.relname`)
  for (let tables = logged(); tables.length > 0; tables = logged()) {
    for (const { name } of tables) database.query(`ALTER TABLE public."${name}" SET UNLOGGED`)
  }
}

/** The trail is append-only for everybody but the change of worlds. */
function letTrailBeReset(database: PgliteDatabase): void {
  database.query(`CREATE FUNCTION sim_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF current_setting('sim.resets', true) = 'on' THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = '42501'; END $$`)
  database.query('DROP TRIGGER audit_append_only ON audit')
  database.query('CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION sim_audit_change()')
}
