import { afterEach, expect, test, vi } from 'vitest'
import { advisorId, NOW_MS, otherAdvisorId } from '../../test/support/firm-rows.ts'
import { aLaptop, mustRun, openOn, sync } from '../../test/support/replica-fixture.ts'
import { idOf } from '../../test/support/test-id.ts'
import type { ReplicaSession } from '../db/replica-session.ts'

let session: ReplicaSession | null = null
afterEach(() => {
  session?.close()
})

const followUp = (n: number, assigneeId: string, remindAtMs: number | null) => ({
  name: 'follow-up/add' as const,
  args: { id: idOf('follow-up', n), householdId: idOf('household', 1), title: `Call ${n}`, note: '', dueOn: '2030-01-02', remindAtMs, zone: 'Europe/Vienna', assigneeId },
})

test('tells main the own open reminders, soonest first, and again only when they differ', async () => {
  const laptop = aLaptop()
  session = await openOn(laptop)
  await mustRun(session, followUp(1, advisorId, NOW_MS + 2_000))
  await mustRun(session, followUp(2, advisorId, NOW_MS + 1_000))
  await mustRun(session, followUp(3, advisorId, null))
  await mustRun(session, followUp(4, otherAdvisorId, NOW_MS))
  const sent = () => laptop.api.calls.filter((call) => call.channel === 'reminders:set')
  await vi.waitFor(() => expect(sent()).toHaveLength(1), 3_000)
  expect(sent()[0]?.request).toMatchObject({ reminders: [{ title: 'Call 2', body: 'Household 1' }, { title: 'Call 1' }] })
  laptop.server.put('households', { ...laptop.server.find('households', idOf('household', 1)), city: 'Graz' } as never)
  await sync(session)
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  expect(sent()).toHaveLength(1)
})
