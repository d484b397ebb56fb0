import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

/**
 * Lies in the data folder as long as the sample firm is being made. A start that was cut off leaves a firm with half its
 * past, on which no server was ever ready: the next start makes it anew.
 */
const markOf = (dataDir: string): string => join(dataDir, 'sample-unfinished')

export const isSampleUnfinished = (dataDir: string): boolean => existsSync(markOf(dataDir))
export const markSampleUnfinished = (dataDir: string): void => writeFileSync(markOf(dataDir), '')
export const markSampleWhole = (dataDir: string): void => rmSync(markOf(dataDir), { force: true })

/** @param ownerUrl of the embedded database, by its owner: nobody else's is ever emptied */
export async function emptyDatabase(ownerUrl: string): Promise<void> {
  const url = new URL(ownerUrl)
  const name = url.pathname.slice(1)
  url.pathname = '/postgres'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    await client.query(`DROP DATABASE "${name}" WITH (FORCE)`)
    await client.query(`CREATE DATABASE "${name}"`)
  } finally {
    await client.end()
  }
}
