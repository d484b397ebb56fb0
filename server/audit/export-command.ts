/**
 * `npm run audit:export -- --to FILE`: everything that `audit:verify` needs, as JSON lines: the trail, devices with their
 * keys, stored answers, and every record as it is now. Reads one moment; the server may be running.
 */
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { runOnDatabase } from '../backup/run-on-database.ts'
import { kyselyOn } from '../db/open-database.ts'
import { exportTrail } from './export-trail.ts'
import type { ExportRecord } from './proof/export-format.ts'

async function* linesOf(records: AsyncIterable<ExportRecord>, count: { records: number }): AsyncGenerator<string> {
  for await (const record of records) {
    count.records += 1
    yield `${JSON.stringify(record)}\n`
  }
}

/** @param to written whole or not at all; of an export that broke off nothing stays, because it is in clear */
async function exportTo(to: string): Promise<number> {
  const count = { records: 0 }
  const unfinished = `${to}.part`
  await rm(unfinished, { force: true })
  try {
    await runOnDatabase({ mayBeRunning: true }, async ({ client }) => {
      await kyselyOn(client)
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute(async (tx) => {
          await pipeline(Readable.from(linesOf(exportTrail(tx, Date.now()), count)), createWriteStream(unfinished, { mode: 0o600, flags: 'wx', flush: true }))
        })
    })
    await rename(unfinished, to)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
  return count.records
}

try {
  const { values } = parseArgs({ options: { to: { type: 'string' } } })
  if (!values.to) throw new Error('Usage: npm run audit:export -- --to FILE')
  const to = resolve(process.env['INIT_CWD'] ?? '.', values.to)
  console.log(`${await exportTo(to)} records in ${to}. It holds clients’ data in clear: keep it as you keep a backup.`)
} catch (error) {
  process.stderr.write(`audit:export: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
