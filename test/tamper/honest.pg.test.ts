import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyRecords } from '../../server/audit/proof/verify-export.ts'
import { type HonestFirm, headsEvery, makeHonestFirm } from './honest-firm.ts'

let firm: HonestFirm
beforeAll(async () => {
  firm = await makeHonestFirm(0.05)
}, 120_000)
afterAll(() => firm.close())

test('an honest firm verifies', async () => {
  let t = performance.now()
  const records = await firm.records()
  console.log('export ms', performance.now() - t, records.length)
  t = performance.now()
  const verdict = verifyRecords(records, { heads: await headsEvery(firm.host.db, 10) })
  console.log('verify ms', performance.now() - t, verdict.entries, verdict.headsChecked)
  expect(verdict.findings).toEqual([])
})
