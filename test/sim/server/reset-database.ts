import type { PGlite } from '@electric-sql/pglite'

/** Copies of all tables, to begin each seed from and to restore backups from. */
export class TableCopies {
  readonly #pglite: PGlite
  readonly #tables: readonly { readonly name: string; readonly hasIdentity: boolean }[]

  private constructor(pglite: PGlite, tables: readonly { name: string; hasIdentity: boolean }[]) {
    this.#pglite = pglite
    this.#tables = tables
  }

  static async open(pglite: PGlite): Promise<TableCopies> {
    const { rows } = await pglite.query<{ name: string; hasIdentity: boolean }>(`
      SELECT c.relname AS name, EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attidentity = 'a') AS "hasIdentity"
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname NOT LIKE 'kysely_%' ORDER BY c.relname`)
    return new TableCopies(pglite, rows)
  }

  /** Keeps what the tables hold now under a name. */
  async keep(name: string): Promise<void> {
    await this.#pglite.exec(`DROP SCHEMA IF EXISTS ${name} CASCADE; CREATE SCHEMA ${name};
      ${this.#tables.map((t) => `CREATE TABLE ${name}."${t.name}" AS TABLE public."${t.name}";`).join('\n')}`)
  }

  /** Puts the tables back to what they held when it was kept; triggers and foreign keys stay out of it. */
  async restore(name: string): Promise<void> {
    await this.#pglite.exec(`SET session_replication_role = replica; BEGIN;
      TRUNCATE ${this.#tables.map((t) => `public."${t.name}"`).join(', ')};
      ${this.#tables.map((t) => `INSERT INTO public."${t.name}" ${t.hasIdentity ? 'OVERRIDING SYSTEM VALUE ' : ''}SELECT * FROM ${name}."${t.name}";`).join('\n')}
      COMMIT; SET session_replication_role = DEFAULT;`)
  }
}
