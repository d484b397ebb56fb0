import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from './embedded/start-embedded.ts'
import { grantRights } from './grant-rights.ts'
import { migrate } from './migrate.ts'
import { openDatabase } from './open-database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgresUrl: string // of a server with the right to make databases; its 'postgres' database
    readonly templateName: string // a migrated, empty database
    readonly appRole: string // the run-time role, held to the policies of rows; its password is its name
  }
}

export const APP_ROLE = 'rapport_test_app'

export const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

/** The embedded PostgreSQL of this folder ends with this process, also where that is killed and can stop nothing any more. */
export function endDatabaseWithUs(folder: string, after: 'keep' | 'remove'): void {
  const watcher = spawn(process.execPath, [join(import.meta.dirname, 'end-database.ts'), folder, after], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  watcher.unref() // the open pipe stays: its end is the message
}

/**
 * Started once for all `.pg.test.ts` files: an embedded PostgreSQL, or the server that DATABASE_URL names, with a
 * migrated template that each file clones.
 */
export default async function startTestDatabase(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-pg-'))
  endDatabaseWithUs(folder, 'remove')
  const embedded = process.env['DATABASE_URL'] ? null : await startEmbedded(folder, { fsync: 'off', full_page_writes: 'off' })
  const url = withDatabase(process.env['DATABASE_URL'] ?? embedded?.url ?? '', 'postgres')
  const templateName = `rapport_template_${process.pid}`
  const control = openDatabase(url, () => undefined, 1)
  await sql.raw(`CREATE DATABASE ${templateName}`).execute(control)
  const { rows } = await sql`SELECT FROM pg_roles WHERE rolname = ${APP_ROLE}`.execute(control)
  if (rows.length === 0) await sql.raw(`CREATE ROLE ${APP_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '${APP_ROLE}'`).execute(control)
  const template = openDatabase(withDatabase(url, templateName), () => undefined, 2)
  await migrate(template)
  await grantRights(template, APP_ROLE)
  await template.destroy() // a template must have no connection
  project.provide('postgresUrl', url)
  project.provide('templateName', templateName)
  project.provide('appRole', APP_ROLE)
  return async () => {
    await sql.raw(`DROP DATABASE ${templateName}`).execute(control)
    await control.destroy()
    await embedded?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
