import { createHash } from 'node:crypto'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { Device } from '../../shared/sync/session.ts'
import type { Signer } from '../../shared/sync/signing.ts'
import { addServerEntries } from '../audit/server-entry.ts'
import type { Db } from '../db/open-database.ts'
import { withActor } from '../db/with-actor.ts'
import { moveHead, takeHead } from '../sync/head.ts'
import type { Caller } from './authenticate.ts'
import { checkFresh } from './step-up.ts'

const isAdministrator = ({ actor }: Caller): boolean => actor.role === 'admin'

/** What the device was told at sign-in, so that it can tell an order to wipe from a stranger's. */
export const wipeCommitmentOf = (wipeToken: string): string => createHash('sha256').update(wipeToken).digest('hex')

/** The answer to a revoked device: it may believe the order, because only this server can know the token. */
export const revokedError = (wipeToken: string): AppError => appError('session/device-revoked', { wipeToken })

/** Why the caller may not touch this person's laptops: 'access/not-found', also for nobody's, or 'session/step-up-needed'. null = they may. */
function refusalOf(caller: Caller, ownerId: string | null, nowMs: number): AppError | null {
  if (ownerId === caller.actor.id) return null
  return ownerId !== null && isAdministrator(caller) ? checkFresh(caller, nowMs) : appError('access/not-found')
}

/** The laptops that a person has signed in on, newest first. @param colleagueId null = the caller's. Errors: those of `refusalOf`. */
export async function listDevices(db: Db, caller: Caller, colleagueId: string | null, nowMs: number): Promise<Result<Device[], AppError>> {
  const ownerId = colleagueId ?? caller.actor.id
  const refusal = refusalOf(caller, ownerId, nowMs)
  if (refusal) return err(refusal)
  const rows = await withActor(db, null, (tx) =>
    tx.selectFrom('device').selectAll().where('colleague_id', '=', ownerId).where('last_seen_at_ms', 'is not', null).orderBy('created_at_ms', 'desc').execute(),
  )
  return ok(
    rows.map((row) => ({
      id: row.id,
      name: row.name,
      isThis: row.id === caller.deviceId,
      createdAtMs: row.created_at_ms,
      lastSeenAtMs: row.last_seen_at_ms,
      revokedAtMs: row.revoked_at_ms,
    })),
  )
}

/**
 * Ends a device for ever, and the trail says who did: from its next contact on it gets nothing, and is told to erase its
 * keys. Again is harmless.
 * @param signer of the server; null in tests
 * Errors: those of `refusalOf`; a device that is absent is answered like another person's.
 */
export function revokeDevice(db: Db, signer: Signer | null, caller: Caller, deviceId: string, nowMs: number): Promise<Result<null, AppError>> {
  return withActor(db, null, async (tx) => {
    const head = await takeHead(tx) // before any lock on the device, as every push takes them
    const device = await tx.selectFrom('device').select(['colleague_id', 'revoked_at_ms']).where('id', '=', deviceId).executeTakeFirst()
    const ownerId = device?.colleague_id ?? null
    const refusal = refusalOf(caller, ownerId, nowMs)
    if (!device || refusal) return err(refusal ?? appError('access/not-found'))
    if (device.revoked_at_ms !== null) return ok(null)
    await tx.updateTable('device').set({ revoked_at_ms: nowMs, revoked_by: caller.actor.id }).where('id', '=', deviceId).execute()
    const deed = { name: 'device/revoke', args: { deviceId, colleagueId: ownerId, revokedBy: caller.actor.id }, changes: [] }
    await moveHead(tx, head, await addServerEntries(tx, signer, head, [deed], nowMs))
    return ok(null)
  })
}
