import { sql } from 'kysely'
import type { Db } from './open-database.ts'

type Right = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE'

/** Nobody takes back what happened: at run time these tables only grow. */
const HISTORY = ['audit', 'command_log']
/** Rows that lose their meaning and are removed. */
const PASSING = ['session', 'attempt', 'oidc_attempt']
const BOOKKEEPING = ['kysely_migration', 'kysely_migration_lock']

function rightsOn(table: string): readonly Right[] {
  if (HISTORY.includes(table)) return ['SELECT', 'INSERT']
  if (BOOKKEEPING.includes(table)) return ['SELECT']
  if (table === 'head') return ['SELECT', 'UPDATE']
  return PASSING.includes(table) ? ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] : ['SELECT', 'INSERT', 'UPDATE'] // nothing is deleted (C6)
}

/**
 * Gives the run-time role what the server needs and takes back everything else. By the owner, after each migration, so
 * that a new table cannot be forgotten.
 * @param role of the run-time connection; the owner itself keeps what it has
 */
export async function grantRights(owner: Db, role: string): Promise<void> {
  const { rows } = await sql<{ name: string; isMine: boolean }>`
    SELECT c.relname AS name, pg_get_userbyid(c.relowner) = ${role} AS "isMine" FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')`.execute(owner)
  const to = sql.id(role)
  await sql`GRANT USAGE ON SCHEMA public TO ${to}`.execute(owner)
  for (const { name } of rows.filter((t) => !t.isMine)) {
    await sql`REVOKE ALL ON TABLE ${sql.table(name)} FROM ${to}, PUBLIC`.execute(owner)
    await sql`GRANT ${sql.raw(rightsOn(name).join(', '))} ON TABLE ${sql.table(name)} TO ${to}`.execute(owner)
  }
  await sql`GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${to}`.execute(owner)
}

export interface RunTimeRole {
  readonly name: string
  readonly isBypassing: boolean // a superuser or BYPASSRLS: policies of rows would not hold
  readonly isOwner: boolean // could change the tables and their policies
}

/** Who the run-time connection is. */
export async function findRunTimeRole(db: Db): Promise<RunTimeRole> {
  const { rows } = await sql<RunTimeRole>`
    SELECT r.rolname AS name, r.rolsuper OR r.rolbypassrls AS "isBypassing",
      EXISTS (SELECT FROM pg_class c WHERE c.relname = 'households' AND c.relnamespace = 'public'::regnamespace AND pg_has_role(r.oid, c.relowner, 'MEMBER')) AS "isOwner"
    FROM pg_roles r WHERE r.rolname = current_user`.execute(db)
  const role = rows[0]
  if (!role) throw new Error('The database does not tell who is connected.')
  return role
}
