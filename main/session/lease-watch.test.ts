import { expect, test } from 'vitest'
import { sessionRecordSchema } from '../vault/session-record.ts'
import { LeaseWatch } from './lease-watch.ts'

test('writes a moment that the session record takes, although the running clock counts fractions', () => {
  let monotonicMs = 0.25
  const record = sessionRecordSchema.parse({
    serverUrl: 'http://127.0.0.1:1',
    email: 'anna.ory@rapport.example',
    deviceId: '00000000-0000-7000-8000-0000000000dd',
    refreshToken: 't',
    colleague: {
      id: '00000000-0000-7000-8000-000000000001',
      name: 'Anna Ory',
      email: 'anna.ory@rapport.example',
      role: 'advisor',
      title: '',
      teamId: null,
      managerId: null,
      isActive: true,
      rev: 1,
    },
    firmName: 'Firm',
    registeredLastN: 0,
    epoch: null,
    lastContactAtMs: 1_000,
    lastUsedAtMs: 1_000,
  })
  const saved: number[] = []
  const clocks = { nowMs: () => 2_000, monotonicMs: () => monotonicMs, lastContactAtMs: () => 1_000 }
  const watch = new LeaseWatch({ record: () => record, save: (lastUsedAtMs) => saved.push(lastUsedAtMs), onOver: () => undefined, ...clocks })
  monotonicMs += 70_000.6
  watch.check()
  for (const lastUsedAtMs of [watch.usedAtMs(), ...saved]) expect(sessionRecordSchema.safeParse({ ...record, lastUsedAtMs }).success).toBe(true)
  expect(saved).toEqual([72_001])
})
