import { type Kysely, sql } from 'kysely'

/** What the trail says of accounts is read at each import (former-ibans.ts), without looking at all the rest of it. */
export const accountEntries = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql.raw(`CREATE INDEX audit_accounts ON audit (n) WHERE name IN ('account/add', 'account/edit')`).execute(db)
  },
}
