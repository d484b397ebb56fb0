import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plan } from './plan.ts'

/** A plan that failed once, whole: a change of `makePlan` gives its seed another life, and leaves this one as it was. */
export interface KeptPlan {
  readonly name: string
  readonly showed: string
  readonly plan: Plan
}

const folder = join(import.meta.dirname, 'kept')

export const keptPlans = (): readonly KeptPlan[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ name: file.slice(0, -'.json'.length), ...(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Omit<KeptPlan, 'name'>) }))

export function savePlan(name: string, showed: string, plan: Plan): void {
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify({ showed, plan })}\n`)
}
