import { type Kysely, sql } from 'kysely'

/**
 * Who is who at the office's identity provider, and the sign-ins on their way, by the same kind of policy as sessions: for the server
 * ('system') and for sign-in, which runs on an idle connection ('gate'); in the name of a person none of these rows is there.
 */
export const signInPolicies = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const table of ['oidc_identity', 'oidc_attempt'])
      for (const statement of [
        `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
        `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
        `CREATE POLICY ${table}_gate ON ${table} USING ((SELECT rls_who()) IN ('system', 'gate'))`,
      ])
        await sql.raw(statement).execute(db)
  },
}
