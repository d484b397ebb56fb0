import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { commands } from '../../shared/commands/registry.ts'
import type { Role } from '../../shared/domain/colleague/colleague.ts'
import { must } from '../../shared/lib/must.ts'
import { PUSH_MAX_COMMANDS } from '../../shared/sync/protocol.ts'
import { type ChainEnd, NO_HASH, type Signer, signCommands } from '../../shared/sync/signing.ts'
import type { Actor } from '../auth/access.ts'
import { registerDevice } from '../auth/register-device.ts'
import { selectRowsById } from '../db/record-sql.ts'
import { withActor } from '../db/with-actor.ts'
import { storeBlob } from '../files/blob-store.ts'
import { addColleagues, nameFirm } from '../people/add-colleagues.ts'
import { type ExecutorDeps, executeBatch } from '../sync/execute-batch.ts'
import type { SampleCall, SampleDeps } from './sample-deps.ts'

interface SampleDevice {
  readonly id: string
  readonly actor: Actor
  end: ChainEnd
}

interface Places {
  readonly dataDir: string
  readonly signer: Signer // the server's key: it makes the sample's past, and says so
  readonly nowMs: () => number
  readonly onProgress: (done: number, total: number) => void
  readonly stopping: AbortSignal // aborted = `run` throws
}

const versionOf = (name: string): number => must(commands.filter((c) => c.name === name).at(-1), `command ${name}`).version

/** Makes the device on which a person of the sample worked. */
async function openDevice({ db }: ExecutorDeps, signer: Signer, actorId: string, atMs: number): Promise<SampleDevice> {
  const id = v7()
  const { publicKey } = signer
  const { role } = await db.selectFrom('colleagues').select('role').where('id', '=', actorId).executeTakeFirstOrThrow()
  await withActor(db, null, (tx) => registerDevice(tx, signer, { id, name: 'Sample', publicKey, colleagueId: actorId }, atMs))
  return { id, actor: { id: actorId, role: role as Role }, end: { n: 0, hash: NO_HASH } }
}

/** Calls in order, cut where the person changes or a push would be full. */
function batchesOf(calls: readonly SampleCall[]): readonly (readonly SampleCall[])[] {
  const batches: SampleCall[][] = []
  for (const call of calls) {
    const last = batches.at(-1)
    if (last && last[0]?.actorId === call.actorId && last.length < PUSH_MAX_COMMANDS) last.push(call)
    else batches.push([call])
  }
  return batches
}

async function runBatch(deps: ExecutorDeps, signer: Signer, device: SampleDevice, batch: readonly SampleCall[]): Promise<void> {
  const commands = batch.map(({ id, name, args, atMs }, i) => ({ id, n: device.end.n + 1 + i, name, version: versionOf(name), args, madeAtMs: atMs }))
  const envelopes = signCommands(signer, device.id, device.end, commands)
  const result = await executeBatch(deps, { deviceId: device.id, actor: device.actor, envelopes, receivedAtMs: (envelope) => envelope.madeAtMs })
  if (!result.ok) throw new Error(`sample: ${result.error.code}`)
  device.end = { n: result.value.lastN, hash: result.value.lastHash }
  const refused = result.value.outcomes.find((o) => o.error !== null)
  if (refused) throw new Error(`sample: ${batch.find((c) => c.id === refused.id)?.name} was refused: ${JSON.stringify(refused.error)}`)
}

/** The sample's port on the executor that pushes go through: what the policy would refuse a laptop, it refuses here. */
export function sampleDepsOf(deps: ExecutorDeps, { dataDir, signer, nowMs, onProgress, stopping }: Places): SampleDeps {
  const devices = new Map<string, SampleDevice>()
  const deviceOf = async ({ actorId, atMs }: SampleCall): Promise<SampleDevice> => {
    const device = devices.get(actorId) ?? (await openDevice(deps, signer, actorId, atMs))
    devices.set(actorId, device)
    return device
  }
  return {
    insertFirm: async ({ name, people, teams }) => {
      await nameFirm(deps.db, name)
      await addColleagues(deps.db, people, teams, nowMs(), signer)
    },
    run: async (calls) => {
      for (const batch of batchesOf(calls)) {
        stopping.throwIfAborted()
        await runBatch(deps, signer, await deviceOf(must(batch[0], 'call')), batch)
      }
    },
    find: async (table, id) => (await withActor(deps.db, null, (tx) => selectRowsById(tx, table, [id])))[0]?.row,
    storeFile: (bytes) => storeBlob(deps.db, bytes, nowMs()),
    writeStatementFile: async (name, bytes) => {
      const folder = join(dataDir, 'sample-statements')
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, name), bytes)
    },
    progress: onProgress,
  }
}

/** Whether nothing was ever written: only then may the sample come in. */
export async function isEmpty({ db }: ExecutorDeps): Promise<boolean> {
  const { seq } = await db.selectFrom('head').select('seq').executeTakeFirstOrThrow()
  return seq === 0
}
