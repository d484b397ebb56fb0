import { randomUUID } from 'node:crypto'
import { afterEach } from 'vitest'
import type { RowChange } from '../../shared/commands/define-command.ts'
import { appError } from '../../shared/errors/error-codes.ts'
import { must } from '../../shared/lib/must.ts'
import { err } from '../../shared/lib/result.ts'
import { type ChainEnd, NO_HASH, signCommands } from '../../shared/sync/signing.ts'
import type { CommandHost } from '../../test/support/command-suite/command-case.ts'
import { commandSuite } from '../../test/support/command-suite/command-suite.ts'
import { newSigner } from '../../test/support/pg-host.ts'
import type { Actor } from '../auth/access.ts'
import { type ClonedDatabase, cloneDatabase } from '../db/clone-database.ts'
import { selectRowsById } from '../db/record-sql.ts'
import { withActor } from '../db/with-actor.ts'
import { type ExecutorDeps, executeBatch } from './execute-batch.ts'
import { moveHead, takeHead } from './head.ts'
import { writeChanges } from './write-changes.ts'

const opened: ClonedDatabase[] = []
afterEach(async () => {
  for (const database of opened.splice(0)) await database.drop()
})

async function makeHost(): Promise<CommandHost> {
  const database = await cloneDatabase()
  opened.push(database)
  const { db } = database
  const devices = new Map<string, { readonly id: string; end: ChainEnd }>()
  const signer = newSigner()
  const bugs: unknown[] = []
  const deps: ExecutorDeps = { db: database.appDb, reader: { read: async () => err({ code: 'feed/unreadable' }) }, firmIbans: [], onBug: (error) => bugs.push(error) }

  const deviceOf = async (actorId: string) => {
    const device = devices.get(actorId) ?? { id: randomUUID(), end: { n: 0, hash: NO_HASH } }
    if (!devices.has(actorId))
      await db.insertInto('device').values({ id: device.id, colleague_id: actorId, name: 'Laptop', public_key: signer.publicKey, created_at_ms: 0, revoked_at_ms: null }).execute()
    devices.set(actorId, device)
    return device
  }
  return {
    seed: (rows) =>
      withActor(db, null, async (tx) => {
        const head = await takeHead(tx)
        const changes = rows.map(({ table, row }): RowChange => ({ table, before: null, after: row }))
        await moveHead(tx, head, { ...head, seq: await writeChanges(tx, changes, head.seq) })
      }),
    run: async (actorId, call, nowMs) => {
      const device = await deviceOf(actorId)
      const { role } = await db.selectFrom('colleagues').select('role').where('id', '=', actorId).executeTakeFirstOrThrow()
      const actor: Actor = { id: actorId, role }
      const envelopes = signCommands(signer, device.id, device.end, [{ id: randomUUID(), n: device.end.n + 1, version: 1, madeAtMs: nowMs, ...call }])
      const pushed = await executeBatch(deps, { deviceId: device.id, actor, envelopes, receivedAtMs: () => nowMs })
      if (bugs.length > 0) throw bugs[0]
      if (!pushed.ok) return pushed
      device.end = { n: pushed.value.lastN, hash: pushed.value.lastHash }
      const outcome = must(pushed.value.outcomes[0], 'outcome')
      return outcome.status === 'applied' ? { ok: true, value: undefined } : err(outcome.error ?? appError('app/bug'))
    },
    find: (table, id) => withActor(db, null, async (tx) => (await selectRowsById(tx, table, [id]))[0]?.row as never),
  }
}

commandSuite('PostgreSQL', makeHost)
