import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { KeptHead } from '../../server/audit/proof/export-format.ts'
import { type Verdict, verifyRecords } from '../../server/audit/proof/verify-export.ts'
import type { Tx } from '../../server/db/open-database.ts'
import { must } from '../../shared/lib/must.ts'
import { newSigner } from '../support/pg-host.ts'
import { type HonestFirm, headsEvery, isSignedByOnce, makeHonestFirm } from './honest-firm.ts'
import { Random } from './seeded.ts'
import { tamperings } from './tamperings.ts'

const COUNT = Number(process.env['TAMPER_COUNT'] ?? 500)
const SEED = Number(process.env['TAMPER_SEED'] ?? 1)

let firm: HonestFirm
let heads: readonly KeptHead[]
beforeAll(async () => {
  firm = await makeHonestFirm(0.02)
  heads = await headsEvery(firm.host.db, 10)
}, 120_000)
afterAll(() => firm.close())

const verify = async (tx?: Tx): Promise<Verdict> => verifyRecords(await firm.records(tx), { heads, isSignedBy: isSignedByOnce })
class Undo extends Error {}

/** Does it, exports and verifies over the same connection, and takes it back. */
async function tamper(name: string, seed: number): Promise<Verdict | 'nothing done'> {
  let verdict: Verdict | 'nothing done' = 'nothing done'
  const work = firm.host.db.transaction().execute(async (tx) => {
    await sql`SET LOCAL session_replication_role = replica`.execute(tx) // no trigger and no foreign key stands in the way of a superuser
    if (await must(tamperings[name], name)(tx, new Random(seed), newSigner())) verdict = await verify(tx)
    throw new Undo()
  })
  await work.catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error
  })
  return verdict
}

test(`[H4] [K4] ${COUNT} edits by somebody with every right on the database are all found`, { timeout: 300_000 }, async () => {
  const names = Object.keys(tamperings)
  const missed: string[] = []
  const problems = new Map<string, number>()
  let done = 0
  for (let seed = SEED; done < COUNT; seed++) {
    const name = must(names[seed % names.length], 'name')
    const verdict = await tamper(name, seed)
    if (verdict === 'nothing done') continue
    done += 1
    const first = verdict.findings[0]
    if (!first) missed.push(`${name} (seed ${seed})`)
    problems.set(first?.problem ?? 'NOT FOUND', (problems.get(first?.problem ?? 'NOT FOUND') ?? 0) + 1)
  }
  console.log(`${done} edits of ${names.length} kinds, ${done - missed.length} found; first findings:`, Object.fromEntries(problems))
  expect(missed).toEqual([])
  expect((await verify()).findings).toEqual([]) // nothing of it stayed
})
