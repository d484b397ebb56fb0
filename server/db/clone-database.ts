import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { inject } from 'vitest'
import { type Db, openDatabase } from './open-database.ts'
import { withDatabase } from './test-database.ts'

export interface ClonedDatabase {
  readonly url: string
  readonly db: Db // as its owner, a superuser: tests look at everything and write anything
  readonly appUrl: string
  readonly appDb: Db // as the server at run time: policies of rows hold
  drop(): Promise<void>
}

/** A migrated, empty database for one test or file. */
export async function cloneDatabase(): Promise<ClonedDatabase> {
  const postgresUrl = inject('postgresUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await runAlone(postgresUrl, `CREATE DATABASE ${name} TEMPLATE ${inject('templateName')}`)
  const url = withDatabase(postgresUrl, name)
  const db = openDatabase(url, () => undefined, 8)
  const appUrl = withRole(url, inject('appRole'))
  const appDb = openDatabase(appUrl, () => undefined, 8)
  return {
    url,
    db,
    appUrl,
    appDb,
    drop: async () => {
      await db.destroy()
      await appDb.destroy()
      await runAlone(postgresUrl, `DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

/** The same database as the role whose password is its name. */
function withRole(url: string, role: string): string {
  const changed = new URL(url)
  changed.username = role
  changed.password = role
  return changed.href
}

async function runAlone(url: string, statement: string): Promise<void> {
  const control = openDatabase(url, () => undefined, 1)
  try {
    await sql.raw(statement).execute(control)
  } finally {
    await control.destroy()
  }
}
