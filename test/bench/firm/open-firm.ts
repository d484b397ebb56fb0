import type { BenchContext } from '../harness/bench.ts'
import { type BenchDatabase, cloneFilled } from './bench-postgres.ts'
import { fillFirm } from './fill-firm.ts'
import { type FirmPlan, type FirmShape, planFirm, USUAL_SHAPE } from './firm-plan.ts'

export interface BenchFirm extends BenchDatabase {
  readonly plan: FirmPlan
}

/** A firm of so many entries in a database of its own; made once for each size, then copied. */
export async function openFirm({ say, defer }: Pick<BenchContext, 'say' | 'defer'>, entryCount: number, shape: FirmShape = USUAL_SHAPE): Promise<BenchFirm> {
  const plan = planFirm(entryCount, shape)
  const database = await cloneFilled(`firm_${entryCount}_${shape.entriesAHousehold}_${shape.householdsAnAdvisor}`, async ({ db }) => fillFirm(db, plan, say))
  defer(database.drop)
  return { ...database, plan }
}
