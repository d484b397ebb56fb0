import { sql } from 'kysely'
import type { Colleague } from '../../shared/domain/colleague/colleague.ts'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { RefreshRequest, Session, SignInRequest } from '../../shared/sync/session.ts'
import type { Signer } from '../../shared/sync/signing.ts'
import { publicKeyOf } from '../audit/ed25519.ts'
import type { Db, Tx } from '../db/open-database.ts'
import { selectRows, selectRowsById } from '../db/record-sql.ts'
import { withActor } from '../db/with-actor.ts'
import { revokedError, wipeCommitmentOf } from './devices.ts'
import { countAttempt, forgetAttempts } from './limit-attempts.ts'
import { checkPassphrase } from './passphrase.ts'
import { type DeviceState, registerDevice } from './register-device.ts'
import { endSessions, openSession, succeedingPair, type Tokens, tokenHash } from './session-tokens.ts'

const NOBODY = '00000000-0000-0000-0000-000000000000'

export interface SignInDeps {
  readonly db: Db
  readonly firmName: string | null // null = the name in the database
  readonly signInsPerAccount: number // a minute
  readonly signInsPerIp: number
  readonly signer?: Signer // the server's key; absent in tests
  readonly recoveryKey?: string | null // the firm's, for devices
  readonly leaseMs: number // how long a device may stay away and still open
}

async function limitSignIns(deps: SignInDeps, email: string, ip: string, nowMs: number): Promise<AppError | null> {
  const ipWait = await countAttempt(deps.db, 'ip', ip, deps.signInsPerIp, nowMs)
  if (ipWait !== null) return appError('request/too-many', { retryAfterSeconds: ipWait })
  const accountWait = await countAttempt(deps.db, 'account', email, deps.signInsPerAccount, nowMs)
  return accountWait === null ? null : appError('session/locked-out', { retryAfterSeconds: accountWait })
}

/**
 * Opens a session. An unknown e-mail and a wrong passphrase give the same answer after the same work. Errors:
 * 'session/wrong-credentials', 'session/locked-out', 'session/inactive', 'session/device-taken', 'session/device-revoked',
 * 'request/too-many'.
 */
export async function signIn(deps: SignInDeps, request: SignInRequest, ip: string, nowMs: number): Promise<Result<Session, AppError>> {
  const email = request.email.toLowerCase()
  const limited = await limitSignIns(deps, email, ip, nowMs)
  if (limited) return err(limited)
  const colleague = (await selectRows(deps.db, 'colleagues', sql`lower(email) = ${email}`))[0]?.row
  // Asked for an unknown e-mail too: the answer must not come sooner.
  const credential = await deps.db
    .selectFrom('credential')
    .select('passphrase_hash')
    .where('colleague_id', '=', colleague?.id ?? NOBODY)
    .executeTakeFirst()
  const isRight = await checkPassphrase(credential?.passphrase_hash ?? null, request.passphrase)
  if (!colleague || !isRight) return err(appError('session/wrong-credentials'))
  await forgetAttempts(deps.db, 'account', email)
  return letIn(deps, colleague, request.device, nowMs)
}

/** For a person who has proved who they are. Errors: 'session/inactive', 'session/device-taken', 'session/device-revoked', 'request/malformed' (a key that proves nothing). */
export async function letIn(deps: SignInDeps, colleague: Colleague, requested: SignInRequest['device'], nowMs: number): Promise<Result<Session, AppError>> {
  if (!colleague.isActive) return err(appError('session/inactive'))
  if (!publicKeyOf(requested.publicKey)) return err(appError('request/malformed', { path: 'device.publicKey', problem: 'no Ed25519 key' }))
  return withActor(deps.db, null, async (tx) => {
    const device = await registerDevice(tx, deps.signer ?? null, { ...requested, colleagueId: colleague.id }, nowMs)
    if (device.colleagueId !== colleague.id || device.publicKey !== requested.publicKey) return err(appError('session/device-taken'))
    if (device.isRevoked) return err(revokedError(device.wipeToken))
    await noteSeen(tx, device.id, nowMs)
    const tokens = await openSession(tx, { deviceId: device.id, colleagueId: colleague.id }, nowMs)
    return ok(await sessionOf(tx, deps, tokens, colleague, device, nowMs))
  })
}

async function sessionOf(
  tx: Tx,
  deps: SignInDeps,
  tokens: Tokens,
  colleague: Colleague,
  device: Pick<DeviceState, 'lastN' | 'lastHash' | 'wipeToken'>,
  nowMs: number,
): Promise<Session> {
  const firm = await tx.selectFrom('firm').select('name').executeTakeFirst()
  const firmName = deps.firmName ?? firm?.name ?? 'Rapport'
  const { lastN, lastHash, wipeToken } = device
  const promises = { leaseMs: deps.leaseMs, wipeCommitment: wipeCommitmentOf(wipeToken), ...(deps.recoveryKey ? { recoveryKey: deps.recoveryKey } : {}) }
  return { ...tokens, colleague, firmName, lastN, lastHash, serverTimeMs: nowMs, ...promises }
}

const noteSeen = (tx: Tx, deviceId: string, nowMs: number) => tx.updateTable('device').set({ last_seen_at_ms: nowMs }).where('id', '=', deviceId).execute()

type StoredSession = NonNullable<Awaited<ReturnType<typeof findByRefreshToken>>>
const findByRefreshToken = (tx: Tx, refreshToken: string) => tx.selectFrom('session').selectAll().where('refresh_hash', '=', tokenHash(refreshToken)).forUpdate().executeTakeFirst()

/** The tokens that this very attempt got before, where their answer was lost on the way; undefined = another attempt made them. */
async function findLostAnswer(tx: Tx, request: RefreshRequest): Promise<Tokens | undefined> {
  if (request.attemptId === undefined) return undefined
  const pair = succeedingPair(request.refreshToken, request.attemptId)
  const next: StoredSession | undefined = await findByRefreshToken(tx, pair.refresh)
  if (!next || next.ended_at_ms !== null || next.replaced_at_ms !== null) return undefined
  return { accessToken: pair.access, accessExpiresAtMs: next.access_expires_at_ms, refreshToken: pair.refresh }
}

/**
 * Exchanges a refresh token for new tokens; the same attempt again gets the same ones. A token that comes back in another
 * attempt ends all sessions of its device: either the device or a thief holds a copy. Errors: 'session/expired', 'session/inactive', 'session/device-revoked'.
 */
export function refreshSession(deps: SignInDeps, request: RefreshRequest, nowMs: number): Promise<Result<Session, AppError>> {
  return withActor(deps.db, null, async (tx) => {
    const session = await findByRefreshToken(tx, request.refreshToken)
    const device = session && (await tx.selectFrom('device').selectAll().where('id', '=', session.device_id).executeTakeFirstOrThrow())
    if (device && device.revoked_at_ms !== null) return err(revokedError(device.wipe_token)) // an ended session too: the device must hear of it
    if (!session || !device || session.ended_at_ms !== null || session.refresh_expires_at_ms <= nowMs) return err(appError('session/expired'))
    const again = session.replaced_at_ms === null ? undefined : await findLostAnswer(tx, request)
    if (session.replaced_at_ms !== null && !again) {
      await endSessions(tx, session.device_id, nowMs)
      return err(appError('session/expired'))
    }
    const colleague = (await selectRowsById(tx, 'colleagues', [session.colleague_id]))[0]?.row
    if (!colleague?.isActive) return err(appError('session/inactive'))
    await noteSeen(tx, device.id, nowMs)
    const tokens = again ?? (await replaceSession(tx, session, request, nowMs))
    return ok(await sessionOf(tx, deps, tokens, colleague, { lastN: device.last_n, lastHash: device.chain_hash, wipeToken: device.wipe_token }, nowMs))
  })
}

async function replaceSession(tx: Tx, session: StoredSession, { refreshToken, attemptId }: RefreshRequest, nowMs: number): Promise<Tokens> {
  await tx.updateTable('session').set({ replaced_at_ms: nowMs }).where('id', '=', session.id).execute()
  const holder = { deviceId: session.device_id, colleagueId: session.colleague_id }
  return openSession(tx, holder, nowMs, session.refresh_expires_at_ms, attemptId === undefined ? undefined : succeedingPair(refreshToken, attemptId))
}
