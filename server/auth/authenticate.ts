import type { Role } from '../../shared/domain/colleague/colleague.ts'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { Db } from '../db/open-database.ts'
import { together } from '../db/together.ts'
import type { Actor } from './access.ts'
import { revokedError } from './devices.ts'
import { signedInAtOf, tokenHash } from './session-tokens.ts'

/** Who makes a request, from which device, until when the token holds, and when they last proved who they are. */
export interface Caller {
  readonly actor: Actor
  readonly deviceId: string
  readonly expiresAtMs: number
  readonly signedInAtMs: number
}

const BEARER = /^Bearer ([A-Za-z0-9_-]{20,100})$/

/** The caller of a request, looked up each time so that an ended access is refused at once. Errors: 'session/expired', 'session/inactive', 'session/device-revoked'. */
export async function authenticate(db: Db, authorization: string | undefined, nowMs: number): Promise<Result<Caller, AppError>> {
  const token = BEARER.exec(authorization ?? '')?.[1]
  if (token === undefined) return err(appError('session/expired'))
  const asked = db
    .selectFrom('session')
    .innerJoin('device', 'device.id', 'session.device_id')
    .innerJoin('colleagues', 'colleagues.id', 'session.colleague_id')
    .select([
      'session.device_id',
      'session.access_expires_at_ms',
      'session.refresh_expires_at_ms',
      'session.ended_at_ms',
      'session.replaced_at_ms',
      'device.revoked_at_ms',
      'device.wipe_token',
    ])
    .select(['colleagues.id as colleagueId', 'colleagues.role', 'colleagues.is_active'])
    .where('access_hash', '=', tokenHash(token))
  const [found] = await together(db, asked) // prepared once a connection: every request asks
  const session = found.rows[0]
  if (session && session.revoked_at_ms !== null) return err(revokedError(session.wipe_token)) // an ended session too: the device must hear of it
  if (!session || session.ended_at_ms !== null || session.replaced_at_ms !== null || session.access_expires_at_ms <= nowMs) return err(appError('session/expired'))
  if (!session.is_active) return err(appError('session/inactive'))
  const actor = { id: session.colleagueId, role: session.role as Role }
  return ok({ actor, deviceId: session.device_id, expiresAtMs: session.access_expires_at_ms, signedInAtMs: signedInAtOf(session.refresh_expires_at_ms) })
}
