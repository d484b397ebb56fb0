/**
 * What the main commands do and refuse, on any host that stores rows: run on the device's replica and on PostgreSQL, so
 * that the two cannot drift apart. Policy beyond the role (who covers what) is the server's and tested there.
 */
import { describe, expect, test } from 'vitest'
import { advisorId, firmRows, NOW_MS } from '../firm-rows.ts'
import { claimCases } from './claim-cases.ts'
import { clientCases } from './client-cases.ts'
import type { CommandHost } from './command-case.ts'
import { contactCases } from './contact-cases.ts'
import { followUpCases } from './follow-up-cases.ts'

/** Registers the suite. `makeHost` gives an empty one for each test. */
export function commandSuite(name: string, makeHost: () => Promise<CommandHost>): void {
  describe(`[C2] commands on ${name}`, () => {
    for (const each of [...contactCases, ...followUpCases, ...claimCases, ...clientCases]) {
      test(each.title, async () => {
        const host = await makeHost()
        await host.seed([...firmRows(), ...(each.seed ?? [])])
        for (const [actorId, call] of each.given ?? []) expect(await host.run(actorId, call, NOW_MS)).toMatchObject({ ok: true })
        const result = await host.run(each.by ?? advisorId, each.call, NOW_MS)
        expect(result).toMatchObject(each.refused === undefined ? { ok: true } : { ok: false, error: { code: each.refused } })
        await each.holds?.(host)
      })
    }
  })
}
