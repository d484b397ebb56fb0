import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import { type RefreshRequest, type Session, type SignInRequest, sessionSchema } from '../../shared/sync/session.ts'
import type { Signer } from '../../shared/sync/signing.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import type { SessionRecord } from '../vault/session-record.ts'
import type { HttpClient, HttpRequest } from './http-client.ts'

/** Renewed this long before its end, so that no request starts with a token that ends under way. */
const EARLY_MS = 60_000

const SIGNED_IN_ANEW = appError('sync/offline', { reason: 'signed-in-anew' })

/** The sealed record of the session; `save` resolves when the change is on the disk. */
export interface SessionStore {
  readonly deviceName: string
  readonly signer: Signer // by this device's key
  read(): SessionRecord
  save(change: Partial<SessionRecord>): Promise<Result<void, AppError>>
  /** Seals this laptop's keys to the firm's recovery key too. Never fails: without it there is no recovery, but work. */
  takeRecoveryKey?(publicKey: string): Promise<void>
  /** True while the server offers another recovery key than the one to which the keys are sealed. */
  isOtherRecoveryKeyOffered?(): boolean
}

export interface AccessDeps {
  readonly http: HttpClient
  readonly store: SessionStore
  readonly nowMs: () => number
  readonly monotonicMs: () => number // tokens live by this clock, because the other may be wrong by years
  readonly onSession: (session: Session, isRenewed: boolean) => void // not renewed: somebody signed in
  readonly onRevoked: () => void // this server has withdrawn the device: its keys must go
}

/** Has the right to speak to the server: short-lived access tokens, renewed by a refresh token that is good for one use. */
export class Access {
  readonly #deps: AccessDeps
  #token: { readonly text: string; readonly endsAtMs: number } | undefined
  #renewing: Promise<Result<string, AppError>> | undefined
  #attempt: RefreshRequest | undefined // kept until answered: the server gives a repeated attempt the same tokens
  #ended: AppError | undefined // the server ended the session; only signing in helps
  #signIns = 0

  constructor(deps: AccessDeps) {
    this.#deps = deps
  }

  /** Registers or finds the device and opens a session with the passphrase. */
  async signIn(passphrase: string): Promise<Result<void, AppError>> {
    const { http, store } = this.#deps
    const { email, deviceId } = store.read()
    const session = await requestSession(http, { email, passphrase, deviceId, deviceName: store.deviceName, publicKey: store.signer.publicKey })
    if (!session.ok) return this.heed(session)
    const taken = await this.take(session.value)
    return taken.ok ? ok(undefined) : taken
  }

  /**
   * Takes a session that the server has just given. Its refresh token is stored before its access token is used: should
   * the app end in between, the next start holds the newer one. Error: 'storage/write-failed'.
   */
  async take(session: Session, isRenewed = false): Promise<Result<string, AppError>> {
    const { refreshToken, colleague, firmName, serverTimeMs, leaseMs, wipeCommitment } = session
    const nowMs = this.#deps.nowMs()
    reach('main.session.received')
    const stored = await this.#deps.store.save({ refreshToken, colleague, firmName, leaseMs, wipeCommitment, lastContactAtMs: nowMs, lastUsedAtMs: nowMs })
    if (!stored.ok) return stored
    reach('main.session.stored')
    if (session.recoveryKey !== undefined) await this.#deps.store.takeRecoveryKey?.(session.recoveryKey)
    const lifeMs = session.accessExpiresAtMs - serverTimeMs
    this.#token = { text: session.accessToken, endsAtMs: this.#deps.monotonicMs() + lifeMs - Math.min(EARLY_MS, lifeMs / 2) }
    this.#ended = undefined
    if (!isRenewed) this.#signIns += 1
    this.#deps.onSession(session, isRenewed)
    return ok(session.accessToken)
  }

  /**
   * Sends with a valid token. Where the server no longer knows the token, it is renewed and the request made once more; a push is not where somebody
   * signed in meanwhile, since the server may have come out of a backup: it is made anew, once that is known (B6). Then 'sync/offline'.
   */
  async send<T>(request: HttpRequest<T>): Promise<Result<T, AppError>> {
    const signIns = this.#signIns
    const isTooLate = () => request.isOfItsSession === true && signIns !== this.#signIns
    const token = await this.getToken()
    if (!token.ok) return token
    if (isTooLate()) return err(SIGNED_IN_ANEW)
    const answer = await this.#deps.http.send({ ...request, accessToken: token.value })
    if (answer.ok || answer.error.code !== 'session/expired') return this.heed(answer)
    const renewed = await this.renew(token.value)
    if (!renewed.ok) return renewed
    return isTooLate() ? err(SIGNED_IN_ANEW) : this.heed(await this.#deps.http.send({ ...request, accessToken: renewed.value }))
  }

  async getToken(): Promise<Result<string, AppError>> {
    if (this.#token && this.#deps.monotonicMs() < this.#token.endsAtMs) return ok(this.#token.text)
    return this.renew(this.#token?.text)
  }

  /** @param stale the token that did not do; where it is another one by now, that one is the answer */
  renew(stale: string | undefined): Promise<Result<string, AppError>> {
    if (this.#ended) return Promise.resolve(err(this.#ended))
    if (this.#token && this.#token.text !== stale) return Promise.resolve(ok(this.#token.text))
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined
    })
    return this.#renewing
  }

  /** Ends the session on the server. Without a connection it ends there by itself. */
  async signOut(): Promise<void> {
    const token = await this.getToken()
    if (token.ok) await this.#deps.http.send({ method: 'DELETE', path: '/v1/session', accessToken: token.value, response: z.unknown(), timeoutMs: 5_000 })
  }

  async #renew(): Promise<Result<string, AppError>> {
    const { refreshToken } = this.#deps.store.read()
    if (this.#attempt?.refreshToken !== refreshToken) this.#attempt = { refreshToken, attemptId: randomUUID() }
    const session = await this.#deps.http.send({ method: 'POST', path: '/v1/session/refresh', json: this.#attempt, response: sessionSchema })
    // Somebody signed in meanwhile: what the server says of the session before that no longer counts.
    if (this.#token && this.#deps.store.read().refreshToken !== refreshToken) return ok(this.#token.text)
    if (session.ok) return this.take(session.value, true)
    if (isSessionEnd(session.error)) this.#ended = session.error
    return this.heed(session)
  }

  /** Looks into every answer for the order to wipe this device. */
  heed<T extends Result<unknown, AppError>>(answer: T): T {
    if (!answer.ok && isWipeOrder(answer.error, this.#deps.store.read().wipeCommitment)) this.#deps.onRevoked()
    return answer
  }
}

/** Whether the server that promised it orders this device to erase its keys; somebody in between cannot know the token. */
export const isWipeOrder = ({ code, params }: AppError, commitment: string | null): boolean =>
  code === 'session/device-revoked' && typeof params['wipeToken'] === 'string' && createHash('sha256').update(params['wipeToken']).digest('hex') === commitment

/** One sign-in over the network. Codes: 'session/wrong-credentials', 'session/locked-out', 'session/device-taken', 'sync/…'. */
export function requestSession(
  http: HttpClient,
  person: { readonly email: string; readonly passphrase: string; readonly deviceId: string; readonly deviceName: string; readonly publicKey: string },
): Promise<Result<Session, AppError>> {
  const json: SignInRequest = {
    protocol: PROTOCOL_VERSION,
    email: person.email,
    passphrase: person.passphrase,
    device: { id: person.deviceId, name: person.deviceName, publicKey: person.publicKey },
  }
  return http.send({ method: 'POST', path: '/v1/session', json, response: sessionSchema })
}

/** True where only signing in again helps. */
export const isSessionEnd = ({ code }: AppError): boolean => code.startsWith('session/') && code !== 'session/locked-out' && code !== 'session/step-up-needed'
