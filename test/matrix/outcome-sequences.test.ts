/**
 * Goal: in no sequence of commands, whoever sends them, is credit counted that nobody verified, or verified by who gains from it.
 * `npm run attack -- outcome-rules --sequences 100000` is the size of a release; matrix/outcome-rules.pg.test.ts plays on PostgreSQL.
 */
import { expect, test } from 'vitest'
import { seededRandom } from '../../server/sample/random.ts'
import { breachesOf, claimsOf } from './outcome-checker.ts'
import { nextMove, Office } from './outcome-play.ts'

const SEED = Number(process.env['ATTACK_SEED'] ?? 7)
const SEQUENCES = Number(process.env['ATTACK_SEQUENCES'] ?? 500)
const MOVES = 24 // of one sequence, in an office of its own

test(`nobody verifies their own claim, and no credit counts without evidence (seed ${SEED})`, async () => {
  const counts = { operations: 0, applied: 0, confirmed: 0, rejected: 0, fourEyes: 0 }
  const breaches: string[] = []
  for (let sequence = 0; sequence < SEQUENCES; sequence++) {
    const random = seededRandom(SEED * 1_000_003 + sequence)
    const office = new Office()
    for (let move = 0; move < MOVES; move++) {
      const before = claimsOf(office)
      const played = await office.run(...nextMove(office, random))
      counts.operations++
      if (played.refusal === null) counts.applied++
      if (played.refusal === 'access/four-eyes') counts.fourEyes++
      for (const breach of breachesOf(office, played, before)) breaches.push(`sequence ${sequence}, move ${move}: ${breach} by ${played.name}`)
    }
    expect(office.bugs).toEqual([])
    for (const claim of office.rows.list('outcomeClaims')) {
      if (claim.confirmedMinor > 0) counts.confirmed++
      if (claim.state === 'rejected') counts.rejected++
    }
  }
  console.log(`outcome rules: seed ${SEED}, ${SEQUENCES} sequences, ${JSON.stringify(counts)}, breaches ${breaches.length}`)
  expect(breaches.slice(0, 10)).toEqual([])
  expect(Math.min(counts.confirmed, counts.rejected, counts.fourEyes), 'all of it was tried').toBeGreaterThan(SEQUENCES / 20)
}, 3_600_000)
