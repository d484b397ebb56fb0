import { unpackPage } from '../../support/packed-pages.ts'
import type { BenchDevice } from '../harness/bench-device.ts'

/** Households in one request, as the app asks for them. */
export const BATCH_HOUSEHOLDS = 50

/** The requests of a device that has nothing yet: the firm's rows, then its households in batches. */
export async function* snapshotPages(device: BenchDevice) {
  const { answer } = await device.pull()
  const ids = (answer.scope ?? []).map((s) => s.householdId)
  const batches: string[][] = [[]]
  for (let i = 0; i < ids.length; i += BATCH_HOUSEHOLDS) batches.push(ids.slice(i, i + BATCH_HOUSEHOLDS))
  for (const batch of batches) {
    let after: string | null = null
    do {
      const fetched = await device.snapshot(batch, after)
      yield fetched
      after = fetched.page.header.next
    } while (after !== null)
  }
}

/** Fetches everything, and counts what the same rows are as JSON objects. */
export async function readSnapshotJson(device: BenchDevice) {
  const sum = { wireBytes: 0, rowCount: 0, jsonBytes: 0, entryCount: 0, entryJsonBytes: 0 }
  for await (const { page, exchange } of snapshotPages(device)) {
    sum.wireBytes += exchange.receivedBytes
    for (const { table, row } of unpackPage(page)) {
      const bytes = Buffer.byteLength(JSON.stringify(row))
      sum.rowCount++
      sum.jsonBytes += bytes
      if (table === 'contactEntries') {
        sum.entryCount++
        sum.entryJsonBytes += bytes
      }
    }
  }
  return sum
}
