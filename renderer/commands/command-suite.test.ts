import { afterEach } from 'vitest'
import type { AccessLevel } from '../../shared/sync/pull.ts'
import { type CommandHost, secondControllerId } from '../../test/support/command-suite/command-case.ts'
import { commandSuite } from '../../test/support/command-suite/command-suite.ts'
import { FakeServer } from '../../test/support/fake-server.ts'
import { FakeWindowApi } from '../../test/support/fake-window-api.ts'
import { advisorId, controllerId, NOW_MS, supervisorId } from '../../test/support/firm-rows.ts'
import { openOn, sync } from '../../test/support/replica-fixture.ts'
import { idOf } from '../../test/support/test-id.ts'
import type { ReplicaSession } from '../db/replica-session.ts'
import { runCommand } from './run-command.ts'

const people = [
  [advisorId, 'advisor', 'lead'],
  [controllerId, 'controller', 'control'],
  [secondControllerId, 'controller', 'control'],
  [supervisorId, 'supervisor', 'supervise'],
] as const satisfies readonly (readonly [string, FakeWindowApi['actor']['role'], AccessLevel])[]

const opened: ReplicaSession[] = []
afterEach(() => {
  for (const session of opened.splice(0)) session.close()
})

/** The whole ring: each person at a laptop of their own, and the server between them. */
async function makeHost(): Promise<CommandHost> {
  const server = new FakeServer(NOW_MS)
  const laptops = people.map(([id, role, access], i) => {
    server.setAccess(id, idOf('household', 1), access)
    return { api: new FakeWindowApi(server, { id, role }, i + 1), session: null as ReplicaSession | null }
  })
  const at = async (laptop: (typeof laptops)[number]): Promise<ReplicaSession> => {
    laptop.api.install()
    laptop.session ??= await openOn({ server, api: laptop.api, storageErrors: [] })
    await sync(laptop.session)
    if (!opened.includes(laptop.session)) opened.push(laptop.session)
    return laptop.session
  }
  return {
    seed: async (rows) => server.seed(rows),
    run: async (actorId, call) => {
      const laptop = laptops.find((l) => l.api.actor.id === actorId)
      if (!laptop) throw new Error('nobody at a laptop')
      const session = await at(laptop)
      const result = await runCommand(session, { ...call, version: 1 })
      laptop.api.flush()
      await sync(session)
      const refused = session.replica.attention.at(-1)
      return refused ? { ok: false, error: refused.error ?? { code: 'app/bug', params: {} } } : result
    },
    find: async (table, id) => {
      for (const laptop of laptops) {
        const row = (await at(laptop)).replica.find(table, id)
        if (row) return row
      }
      return undefined
    },
  }
}

commandSuite('the replica of a laptop', makeHost)
