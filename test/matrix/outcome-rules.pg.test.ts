/** Goal: whatever a person of the sales line sends, no verified sum moves and nobody checks their own claim. RAPPORT_SEQUENCES sets the number, RAPPORT_SECONDS an end before. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seededRandom } from '../../server/sample/random.ts'
import { commands } from '../../shared/commands/registry.ts'
import { must } from '../../shared/lib/must.ts'
import { PgHost } from '../support/pg-host.ts'
import { advisorId, controllerId, otherAdvisorId, serverFirm, supervisorId } from '../support/server-firm.ts'
import { idOf } from '../support/test-id.ts'
import { callsAt, matrixRows, numberOf } from './matrix-rows.ts'

const SEED = Number(process.env['RAPPORT_SEED'] ?? 7)
const SEQUENCES = Number(process.env['RAPPORT_SEQUENCES'] ?? 40)
const SECONDS = Number(process.env['RAPPORT_SECONDS'] ?? Number.POSITIVE_INFINITY)
const CALLS = 10 // of one sequence

let host: PgHost
beforeAll(async () => {
  host = await PgHost.open([...serverFirm(), ...matrixRows().map((r) => r.seed)])
  const confirmed = { id: idOf('claim', numberOf(1, false)), evidence: [{ activityId: idOf('line', 1), amountMinor: 200_000_000 }], letterSha256: null, reason: 'Agrees' }
  await host.run(controllerId, { name: 'verification/confirm', args: confirmed })
})
afterAll(() => host.close())

const verified = () => host.db.selectFrom('outcome_claims').select(['id', 'confirmed_minor', 'decision']).where('decision', 'is not', null).orderBy('id').execute()

test(`no sequence of a sales person moves a verified sum (seed ${SEED})`, async () => {
  const random = seededRandom(SEED)
  const before = await verified()
  const people = await Promise.all([advisorId, otherAdvisorId, supervisorId].map(async (id) => ({ id, device: await host.device(id) })))
  let selfVerified = 0
  let applied = 0
  let operations = 0
  const startedMs = performance.now()
  let sequences = 0
  for (; sequences < SEQUENCES && performance.now() - startedMs < SECONDS * 1_000; sequences++) {
    const { id, device } = random.pick(people)
    const calls = Array.from({ length: CALLS }, () => {
      const { name } = random.pick(commands)
      return { name, args: callsAt(random.pick([1, 2, 3]), id)[name] }
    }).filter((c) => c.name !== 'coverage/end')
    const outcomes = await host.push(device, calls)
    operations += outcomes.length
    applied += outcomes.filter((o) => o.status === 'applied').length
    selfVerified += outcomes.filter((o, n) => o.status === 'applied' && must(calls[n], 'call').name.startsWith('verification/')).length
  }
  const after = await verified()
  console.log(
    `seed ${SEED}: sequences ${sequences}, operations ${operations}, applied ${applied}, verified sums changed ${JSON.stringify(after) === JSON.stringify(before) ? 0 : 'some'}, self-verified ${selfVerified}`,
  )
  expect(selfVerified).toBe(0)
  expect(after).toEqual(before)
  expect(applied).toBeGreaterThan(0)
  expect(host.bugs).toEqual([])
}, 3_600_000)
