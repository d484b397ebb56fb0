import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { v7 } from 'uuid'
import type { Colleague } from '../../shared/domain/colleague/colleague.ts'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { OidcBeginRequest, OidcFinishRequest, Session } from '../../shared/sync/session.ts'
import type { Db, Tx } from '../db/open-database.ts'
import { selectRows, selectRowsById } from '../db/record-sql.ts'
import { withActor } from '../db/with-actor.ts'
import { countAttempt } from './limit-attempts.ts'
import type { OidcProvider, ProvenPerson } from './oidc-provider.ts'
import { letIn, type SignInDeps } from './sign-in.ts'

/** As long as a person may take in the browser, and the app's listener waits. */
const ATTEMPT_MS = 5 * 60_000

export interface OidcDeps extends SignInDeps {
  readonly provider: OidcProvider | null // null = not configured
  readonly onRefused: (error: unknown) => void // what the provider said goes to the log, not to the caller
}

async function limitByIp(deps: OidcDeps, ip: string, nowMs: number): Promise<AppError | null> {
  const wait = await countAttempt(deps.db, 'ip', ip, deps.signInsPerIp, nowMs)
  return wait === null ? null : appError('request/too-many', { retryAfterSeconds: wait })
}

/** Keeps what the answer must fit, and names the page to open. Errors: 'session/oidc-off', 'session/oidc-unreachable', 'request/too-many'. */
export async function beginOidc(deps: OidcDeps, request: OidcBeginRequest, ip: string, nowMs: number): Promise<Result<{ attemptId: string; authorizationUrl: string }, AppError>> {
  if (!deps.provider) return err(appError('session/oidc-off'))
  const limited = await limitByIp(deps, ip, nowMs)
  if (limited) return err(limited)
  const { deviceId, codeChallenge, state } = request
  const attempt = { id: v7(), nonce: randomBytes(32).toString('base64url'), redirectUri: `http://127.0.0.1:${request.redirectPort}/cb` }
  try {
    const authorizationUrl = await deps.provider.authorizationUrl({ redirectUri: attempt.redirectUri, codeChallenge, state, nonce: attempt.nonce })
    await deps.db
      .insertInto('oidc_attempt')
      .values({
        id: attempt.id,
        device_id: deviceId,
        state,
        nonce: attempt.nonce,
        code_challenge: codeChallenge,
        redirect_uri: attempt.redirectUri,
        expires_at_ms: nowMs + ATTEMPT_MS,
      })
      .execute()
    return ok({ attemptId: attempt.id, authorizationUrl })
  } catch (error) {
    deps.onRefused(error)
    return err(appError('session/oidc-unreachable'))
  }
}

/** Each attempt is for one use, right or wrong. */
const takeAttempt = (db: Db, id: string) => db.deleteFrom('oidc_attempt').where('id', '=', id).returningAll().executeTakeFirst()

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')

/** Opens a session for the person whom the provider names. Errors: 'session/oidc-refused', 'session/oidc-unknown-person', and those of a sign-in. */
export async function finishOidc(deps: OidcDeps, request: OidcFinishRequest, ip: string, nowMs: number): Promise<Result<Session, AppError>> {
  if (!deps.provider) return err(appError('session/oidc-off'))
  const limited = await limitByIp(deps, ip, nowMs)
  if (limited) return err(limited)
  const attempt = await takeAttempt(deps.db, request.attemptId)
  const isOurs = attempt && attempt.expires_at_ms > nowMs && attempt.device_id === request.device.id && attempt.code_challenge === challengeOf(request.codeVerifier)
  if (!isOurs) return err(appError('session/oidc-refused'))
  let person: ProvenPerson
  try {
    const callback = new URL(attempt.redirect_uri)
    callback.search = request.callbackQuery
    person = await deps.provider.redeem(callback, { codeVerifier: request.codeVerifier, state: attempt.state, nonce: attempt.nonce })
  } catch (error) {
    deps.onRefused(error)
    return err(appError('session/oidc-refused'))
  }
  const colleague = await withActor(deps.db, null, (tx) => findColleague(tx, person, nowMs))
  return colleague ? letIn(deps, colleague, request.device, nowMs) : err(appError('session/oidc-unknown-person'))
}

/** By the provider's own id; the first time by a verified e-mail, which then no longer counts: an address can pass to somebody else. */
async function findColleague(tx: Tx, { issuer, subject, verifiedEmail }: ProvenPerson, nowMs: number): Promise<Colleague | undefined> {
  const bound = await tx.selectFrom('oidc_identity').select('colleague_id').where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirst()
  if (bound) return (await selectRowsById(tx, 'colleagues', [bound.colleague_id]))[0]?.row
  const colleague = verifiedEmail === null ? undefined : (await selectRows(tx, 'colleagues', sql`lower(email) = ${verifiedEmail}`))[0]?.row
  if (!colleague) return undefined
  const isTaken = await tx.selectFrom('oidc_identity').select('subject').where('issuer', '=', issuer).where('colleague_id', '=', colleague.id).executeTakeFirst()
  if (isTaken) return undefined // the colleague is somebody else at this provider
  await tx.insertInto('oidc_identity').values({ issuer, subject, colleague_id: colleague.id, bound_at_ms: nowMs }).execute()
  return colleague
}
