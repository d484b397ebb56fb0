import type { BenchContext } from '../harness/bench.ts'
import { type BenchDatabase, cloneFilled } from './bench-postgres.ts'
import { fillFirm } from './fill-firm.ts'
import { type FirmPlan, planFirm } from './firm-plan.ts'

export interface BenchFirm extends BenchDatabase {
  readonly plan: FirmPlan
}

/** A firm of so many entries in a database of its own; made once for each size, then copied. */
export async function openFirm({ say, defer }: Pick<BenchContext, 'say' | 'defer'>, entryCount: number): Promise<BenchFirm> {
  const plan = planFirm(entryCount)
  const database = await cloneFilled(`firm_${entryCount}`, async ({ db }) => fillFirm(db, plan, say))
  defer(database.drop)
  return { ...database, plan }
}
