import { type RawBuilder, type Selectable, sql } from 'kysely'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { CommandOutcome } from '../../shared/sync/push.ts'
import type { Tx } from '../db/open-database.ts'
import type { Database } from '../db/schema.ts'
import { type ChainedCommand, type CheckedAhead, chainCommands } from './check-signatures.ts'
import type { PreparedCommand } from './prepare-batch.ts'

export interface Ordered {
  readonly stored: CommandOutcome[] // answers of those that came before
  readonly fresh: readonly ChainedCommand[]
  readonly lastN: number
  readonly lastHash: string // the device's chain at lastN
}

/** The device, locked. */
export const deviceLocked = (tx: Tx, deviceId: string) =>
  tx.selectFrom('device').select(['last_n', 'chain_hash', 'public_key', 'revoked_at_ms']).where('id', '=', deviceId).forUpdate()

/** What was answered to these ids, whichever device sent them, and to these numbers of the device. */
export const answersKnown = (deviceId: string, commands: readonly PreparedCommand[]): RawBuilder<KnownAnswer> =>
  sql`SELECT device_id, n, command_id, body_hash, status, error FROM command_log
    WHERE command_id = ANY(${commands.map((c) => c.envelope.id)}::uuid[]) OR (device_id = ${deviceId} AND n = ANY(${commands.map((c) => c.envelope.n)}::bigint[]))`

type KnownAnswer = Pick<Selectable<Database['command_log']>, 'device_id' | 'n' | 'command_id' | 'body_hash' | 'status' | 'error'>

interface OnRecord {
  readonly device: Pick<Selectable<Database['device']>, 'last_n' | 'chain_hash' | 'public_key' | 'revoked_at_ms'> | undefined // locked
  readonly known: readonly KnownAnswer[]
}

/**
 * Sorts what a device sent into answered and new (P1–P3), the new ones with a signature that holds (S1, S2).
 * Errors: 'session/device-revoked', 'sync/gap', 'sync/reused-id', 'sync/bad-signature'.
 */
export function checkOrder(deviceId: string, { device, known }: OnRecord, commands: readonly PreparedCommand[], checked: CheckedAhead): Result<Ordered, AppError> {
  if (!device || device.revoked_at_ms !== null) return err(appError('session/device-revoked'))
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
