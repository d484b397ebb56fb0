import type { Signer } from '../../shared/sync/signing.ts'
import { addServerEntries } from '../audit/server-entry.ts'
import type { Tx } from '../db/open-database.ts'
import { moveHead, takeHead } from '../sync/head.ts'

export interface NewDevice {
  readonly id: string
  readonly name: string
  readonly publicKey: string
  readonly colleagueId: string
}

export interface DeviceState {
  readonly id: string
  readonly colleagueId: string | null
  readonly publicKey: string | null // null = registered before commands were signed
  readonly lastN: number
  readonly lastHash: string
  readonly isRevoked: boolean
  readonly wipeToken: string
}

async function findDevice(tx: Tx, id: string): Promise<DeviceState | null> {
  const row = await tx.selectFrom('device').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return null
  return {
    id,
    colleagueId: row.colleague_id,
    publicKey: row.public_key,
    lastN: row.last_n,
    lastHash: row.chain_hash,
    isRevoked: row.revoked_at_ms !== null,
    wipeToken: row.wipe_token,
  }
}

/**
 * The device's row, made at its first sign-in; person and key stay what they were then, and the trail says so (S4).
 * A device from before signatures gets its key now.
 * @param signer of the server; null in tests
 */
export async function registerDevice(tx: Tx, signer: Signer | null, device: NewDevice, nowMs: number): Promise<DeviceState> {
  const known = await findDevice(tx, device.id)
  if (known && known.publicKey !== null) return known
  const head = await takeHead(tx) // before any lock on the device, as every push takes them
  const { id, name, publicKey, colleagueId } = device
  const inserted = await tx
    .insertInto('device')
    .values({ id, colleague_id: colleagueId, name, public_key: publicKey, created_at_ms: nowMs, revoked_at_ms: null, last_seen_at_ms: null, revoked_by: null })
    .onConflict((c) => c.column('id').doUpdateSet({ public_key: publicKey }).where('device.public_key', 'is', null).where('device.colleague_id', '=', colleagueId))
    .returning('id')
    .executeTakeFirst()
  if (inserted) {
    const deed = { name: 'device/register', args: { deviceId: id, name, publicKey, colleagueId }, changes: [] }
    await moveHead(tx, head, await addServerEntries(tx, signer, head, [deed], nowMs))
  }
  const state = await findDevice(tx, id)
  if (!state) throw new Error('a device that was just registered is gone')
  return state
}
