import { type RawBuilder, sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { entryRow, logArgs } from '../../test/support/firm-rows.ts'
import { PgHost } from '../../test/support/pg-host.ts'
import { advisorId, complianceId, household, serverFirm, todayOn } from '../../test/support/server-firm.ts'
import type { Actor } from '../auth/access.ts'
import { withActor } from '../db/with-actor.ts'
import { rowsBehind } from './packed-rows.ts'
import { entriesBehind } from './pull.ts'
import { findScope, type Scope } from './scope.ts'
import { FIRM_SCOPE } from './write-changes.ts'

const CHANGES = 20

let host: PgHost
beforeEach(async () => {
  host = await PgHost.open(serverFirm())
})
afterEach(() => host.close())

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Index Recheck'?: number
  readonly Plans?: readonly Plan[]
}

const nodesOf = (plan: Plan): readonly Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]
const touched = (n: Plan): number => (n['Actual Rows'] + (n['Rows Removed by Filter'] ?? 0) + (n['Rows Removed by Index Recheck'] ?? 0)) * n['Actual Loops']

/** Entries in households 1 to 3, as many as asked for; the planner knows of them. */
async function fill(count: number): Promise<void> {
  for (let from = 0; from < count; from += 5_000)
    await host.seed(
      Array.from({ length: Math.min(5_000, count - from) }, (_, i) => ({ table: 'contactEntries', row: entryRow(100_000 + count + from + i, 1 + ((from + i) % 3)) }) as const),
    )
  await sql`ANALYZE`.execute(host.db)
}

/** Rows of the feed that PostgreSQL looks at for a query in the name of a person. */
async function feedRowsRead(personId: string, queryOf: (actor: Actor, scope: Scope) => RawBuilder<unknown>): Promise<number> {
  const { actor } = await host.device(personId)
  return withActor(host.database.appDb, actor.id, async (tx) => {
    const query = queryOf(actor, await findScope(tx, actor, todayOn))
    const { rows } = await sql<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>`EXPLAIN (ANALYZE, FORMAT JSON) ${query}`.execute(tx)
    const nodes = nodesOf(rows[0]?.['QUERY PLAN'][0]?.Plan as Plan)
    return nodes.filter((n) => n['Relation Name'] === 'feed').reduce((sum, n) => sum + touched(n), 0)
  })
}

test.each([
  ['an advisor', advisorId],
  ['compliance, who sees every household', complianceId],
])('[L2] the feed is read as far as it changed, however much is in it: %s', async (_who, personId) => {
  const read: number[] = []
  for (const count of [1_000, 20_000]) {
    await fill(count)
    const { cursor } = await host.pull(await host.device(personId))
    const calls = Array.from({ length: CHANGES }, (_, i) => ({ name: 'contact/log', args: logArgs(count + i, 1) }))
    await host.push(await host.device(advisorId), calls)
    read.push(await feedRowsRead(personId, (actor, scope) => entriesBehind(cursor, actor, scope, 501)))
  }
  expect(read).toEqual([CHANGES, CHANGES])
})

test('[L5] a page of a snapshot reads the feed of its households only, however much is in it', async () => {
  await fill(20_000)
  const wanted = (['contactEntries', 'followUps', 'households'] as const).map((table) => ({ scopeId: household(1), table, access: 'lead' as const }))
  const start = { scopeId: FIRM_SCOPE, table: '', id: FIRM_SCOPE }
  const read = await feedRowsRead(advisorId, () => rowsBehind(wanted, start, advisorId))
  expect(read).toBeGreaterThan(2_000)
  expect(read).toBeLessThan(20_000 / 3 + 10)
})
