import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { CommandOutcome } from '../../shared/sync/push.ts'
import type { Tx } from '../db/open-database.ts'
import type { PreparedCommand } from './prepare-batch.ts'

export interface Ordered {
  readonly stored: CommandOutcome[] // answers of those that came before
  readonly fresh: readonly PreparedCommand[]
  readonly lastN: number
}

/** Locks the device and sorts what it sent into answered and new (P1–P3). Errors: 'session/device-revoked', 'sync/gap', 'sync/reused-id'. */
export async function checkOrder(tx: Tx, deviceId: string, commands: readonly PreparedCommand[]): Promise<Result<Ordered, AppError>> {
  const device = await tx.selectFrom('device').select(['last_n', 'revoked_at_ms']).where('id', '=', deviceId).forUpdate().executeTakeFirst()
  if (!device || device.revoked_at_ms !== null) return err(appError('session/device-revoked'))
  const known = await findKnown(tx, deviceId, commands)
  const stored: CommandOutcome[] = []
  const fresh: PreparedCommand[] = []
  const freshIds = new Set<string>()
  let lastN = device.last_n
  for (const command of commands) {
    const { n, id } = command.envelope
    if (n <= device.last_n) {
      const outcome = known.find((k) => k.device_id === deviceId && k.n === n)
      if (outcome?.command_id !== id || outcome.body_hash !== command.bodyHash) return err(appError('sync/reused-id', { n, lastN: device.last_n }))
      stored.push({ n, id, status: outcome.status, error: outcome.error })
      continue
    }
    if (n !== lastN + 1) return err(appError('sync/gap', { n, lastN: device.last_n }))
    if (freshIds.has(id) || known.some((k) => k.command_id === id)) return err(appError('sync/reused-id', { n, lastN: device.last_n }))
    freshIds.add(id)
    fresh.push(command)
    lastN = n
  }
  return ok({ stored, fresh, lastN: device.last_n })
}

function findKnown(tx: Tx, deviceId: string, commands: readonly PreparedCommand[]) {
  const ids = commands.map((c) => c.envelope.id)
  const numbers = commands.map((c) => c.envelope.n)
  return tx
    .selectFrom('command_log')
    .selectAll()
    .where((eb) => eb.or([eb('command_id', 'in', ids), eb.and([eb('device_id', '=', deviceId), eb('n', 'in', numbers)])]))
    .execute()
}
