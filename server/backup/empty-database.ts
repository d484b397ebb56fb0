import type pg from 'pg'

const USER_TABLES = `FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND s.nspname = 'public'`

/** What is in the database, for people: null = nothing worth keeping (no tables, or those of a server that never had anybody in it). */
export async function findContents(client: pg.Client): Promise<string | null> {
  const tables = await client.query<{ name: string }>(`SELECT c.relname::text AS name ${USER_TABLES}`)
  if (tables.rows.length === 0) return null
  if (!tables.rows.some(({ name }) => name === 'head')) return `${tables.rows.length} tables that are not Rapport's`
  const { rows } = await client.query<{ commands: string; people: string }>(
    'SELECT (SELECT audit_n::text FROM head) AS commands, (SELECT count(*)::text FROM colleagues) AS people',
  )
  const { commands = '0', people = '0' } = rows[0] ?? {}
  return commands === '0' && people === '0' ? null : `${people} people, ${commands} entries in the trail`
}

/** Empties the database within the caller's transaction: a rollback brings everything back. Needs the owner of what is there, not of the schema. */
export async function dropEverything(client: pg.Client): Promise<void> {
  const tables = await client.query<{ name: string }>(`SELECT quote_ident(c.relname) AS name ${USER_TABLES}`)
  if (tables.rows.length > 0) await client.query(`DROP TABLE ${tables.rows.map(({ name }) => `public.${name}`).join(', ')} CASCADE`)
  const routines = await client.query<{ name: string }>(`
    SELECT p.oid::regprocedure::text AS name FROM pg_proc p JOIN pg_namespace s ON s.oid = p.pronamespace
    WHERE s.nspname = 'public' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')`)
  for (const { name } of routines.rows) await client.query(`DROP ROUTINE IF EXISTS ${name} CASCADE`)
}
