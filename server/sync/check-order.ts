import { sql } from 'kysely'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { CommandOutcome } from '../../shared/sync/push.ts'
import type { Tx } from '../db/open-database.ts'
import { type ChainedCommand, type CheckedAhead, chainCommands } from './check-signatures.ts'
import type { PreparedCommand } from './prepare-batch.ts'

export interface Ordered {
  readonly stored: CommandOutcome[] // answers of those that came before
  readonly fresh: readonly ChainedCommand[]
  readonly lastN: number
  readonly lastHash: string // the device's chain at lastN
}

/**
 * Locks the device and sorts what it sent into answered and new (P1–P3), the new ones with a signature that holds (S1, S2).
 * Errors: 'session/device-revoked', 'sync/gap', 'sync/reused-id', 'sync/bad-signature'.
 */
export async function checkOrder(tx: Tx, deviceId: string, commands: readonly PreparedCommand[], checked: CheckedAhead): Promise<Result<Ordered, AppError>> {
  const device = await tx.selectFrom('device').select(['last_n', 'chain_hash', 'public_key', 'revoked_at_ms']).where('id', '=', deviceId).forUpdate().executeTakeFirst()
  if (!device || device.revoked_at_ms !== null) return err(appError('session/device-revoked'))
  const known = await findKnown(tx, deviceId, device.last_n, commands)
  const stored: CommandOutcome[] = []
  const fresh: PreparedCommand[] = []
  const freshIds = new Set<string>()
  let lastN = device.last_n
  const end = { lastN: device.last_n, lastHash: device.chain_hash }
  for (const command of commands) {
    const { n, id } = command.envelope
    if (n <= device.last_n) {
      const outcome = known.find((k) => k.device_id === deviceId && k.n === n)
      if (outcome?.command_id !== id || outcome.body_hash !== command.bodyHash) return err(appError('sync/reused-id', { n, ...end }))
      stored.push({ n, id, status: outcome.status, error: outcome.error })
      continue
    }
    if (n !== lastN + 1) return err(appError('sync/gap', { n, ...end }))
    if (freshIds.has(id) || known.some((k) => k.command_id === id)) return err(appError('sync/reused-id', { n, ...end }))
    freshIds.add(id)
    fresh.push(command)
    lastN = n
  }
  const chained = chainCommands(deviceId, { ...end, publicKey: device.public_key }, fresh, checked)
  return chained ? ok({ stored, fresh: chained, ...end }) : err(appError('sync/bad-signature', end))
}

/** What was answered to these ids, whichever device sent them, and to the device's numbers that are used up. */
function findKnown(tx: Tx, deviceId: string, lastN: number, commands: readonly PreparedCommand[]) {
  const ids = commands.map((c) => c.envelope.id)
  const used = commands.map((c) => c.envelope.n).filter((n) => n <= lastN)
  const withId = sql<boolean>`command_id = ANY(${ids}::uuid[])`
  return tx
    .selectFrom('command_log')
    .selectAll()
    .where((eb) => (used.length === 0 ? withId : eb.or([withId, eb.and([eb('device_id', '=', deviceId), eb('n', '=', sql<number>`ANY(${used}::bigint[])`)])])))
    .execute()
}
