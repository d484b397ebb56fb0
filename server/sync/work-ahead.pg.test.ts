import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RowChange } from '../../shared/commands/define-command.ts'
import type { TableName } from '../../shared/domain/tables.ts'
import { must } from '../../shared/lib/must.ts'
import { logArgs } from '../../test/support/firm-rows.ts'
import { PgHost, type TestCall } from '../../test/support/pg-host.ts'
import { advisorId, household, serverFirm, todayOn, yesterdayOn } from '../../test/support/server-firm.ts'
import { idOf } from '../../test/support/test-id.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import { verifyChain } from '../audit/verify-chain.ts'
import { can } from '../auth/can.ts'
import { withActor } from '../db/with-actor.ts'
import { executeBatch } from './execute-batch.ts'
import { moveHead, takeHead } from './head.ts'
import { writeChanges } from './write-changes.ts'

let host: PgHost
beforeEach(async () => {
  host = await PgHost.open(serverFirm())
  await host.push(await host.device(advisorId), [log(1)])
})
afterEach(() => host.close())

const subject = 'Yearly review'
const amend = (to: string): TestCall => ({ name: 'contact/amend', args: { id: idOf('entry', 1), edits: { subject: { from: subject, to } }, reason: null } })
const log = (n: number): TestCall => ({ name: 'contact/log', args: logArgs(n, 1) })

async function changeOf(table: TableName, id: string, over: object): Promise<RowChange> {
  const before = must(await host.find(table, id), table)
  return { table, before, after: { ...before, ...over, rev: before.rev + 1 } } as RowChange
}

/** Pushes while another writer holds the head, who commits changes as soon as the push waits for it. */
async function pushBehind(call: TestCall, changes: readonly RowChange[]): Promise<{ readonly code: string | null; readonly asked: number }> {
  const device = await host.device(advisorId)
  const envelopes = await host.sign(device.id, device.signer, [host.envelope(device, call)])
  let asked = 0
  const asking: typeof can = (...about) => {
    asked += 1
    return can(...about)
  }
  let pushed: ReturnType<typeof executeBatch> | undefined
  await withActor(host.db, null, async (tx) => {
    const head = await takeHead(tx)
    const nowMs = Date.now()
    pushed = executeBatch({ ...host.deps, can: asking }, { deviceId: device.id, actor: device.actor, envelopes, receivedAtMs: () => nowMs })
    await waitFor('the push to wait', isSomebodyWaiting)
    expect(asked).toBe(1) // it was worked out by now
    await moveHead(tx, head, { ...head, seq: await writeChanges(tx, changes, head.seq) })
  })
  const answer = await must(pushed, 'push')
  if (!answer.ok) throw new Error(answer.error.code)
  return { code: must(answer.value.outcomes[0], 'outcome').error?.code ?? null, asked }
}

async function isSomebodyWaiting(): Promise<true | undefined> {
  const { rows } = await sql`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(host.db)
  return rows.length > 0 || undefined
}

test('[H1] a batch is worked out before the head is taken, and once where nothing that it looked at changed', async () => {
  const elsewhere = await changeOf('households', household(3), { city: 'Graz' })
  expect(await pushBehind(log(900), [elsewhere])).toEqual({ code: null, asked: 1 })
  expect(await host.find('contactEntries', idOf('entry', 900))).toBeDefined()
  expect(await verifyChain(host.db)).toBeNull()
})

test('[C5] a row that another commit changed meanwhile is looked at again', async () => {
  expect(await pushBehind(amend('Mine'), [await changeOf('contactEntries', idOf('entry', 1), { subject: 'Theirs' })])).toEqual({ code: 'conflict/field', asked: 2 })
  expect((await host.find('contactEntries', idOf('entry', 1)))?.subject).toBe('Theirs')
})

test('[C4] coverage that another commit ended meanwhile is gone', async () => {
  expect(await pushBehind(log(900), [await changeOf('coverages', idOf('coverage', 1), { toOn: yesterdayOn })])).toEqual({ code: 'access/coverage-ended', asked: 2 })
  expect(host.bugs).toEqual([]) // the policies of rows had nothing to refuse
})

test('[C4] coverage that another commit began meanwhile is there', async () => {
  const granted = { id: idOf('coverage', 77), householdId: household(3), colleagueId: advisorId, role: 'specialist', fromOn: todayOn, toOn: null, rev: 1 } as const
  const call = { name: 'contact/log', args: logArgs(900, 3) }
  expect(await pushBehind(call, [{ table: 'coverages', before: null, after: granted }])).toEqual({ code: null, asked: 2 })
})

test('[C4] a person who left the firm meanwhile is not heard any more', async () => {
  expect(await pushBehind(log(900), [await changeOf('colleagues', advisorId, { isActive: false })])).toEqual({ code: 'session/inactive', asked: 2 })
})

test('[P4] an id that another commit took meanwhile is taken', async () => {
  const entry = must(await host.find('contactEntries', idOf('entry', 1)), 'entry')
  const taken = { table: 'contactEntries', before: null, after: { ...entry, id: idOf('entry', 900), rev: 1 } } as const
  expect(await pushBehind(log(900), [taken])).toEqual({ code: 'conflict/exists', asked: 2 })
})
