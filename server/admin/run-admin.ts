import { readConfig } from '../config.ts'
import { type Db, openDatabase } from '../db/open-database.ts'
import { openPostgres } from '../open-postgres.ts'

/**
 * Runs one task on the configured database and ends. The embedded one has to be free: stop the server first.
 * A failure is told in one line, with exit code 1.
 */
export async function runAdmin(task: (db: Db) => Promise<void>): Promise<void> {
  try {
    const postgres = await openPostgres(readConfig(process.env), () => undefined)
    try {
      await runTask(postgres.url, task)
    } finally {
      await postgres.close()
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}

async function runTask(url: string, task: (db: Db) => Promise<void>): Promise<void> {
  const db = openDatabase(url, () => undefined, 2, 'system')
  try {
    await task(db)
  } finally {
    await db.destroy()
  }
}
