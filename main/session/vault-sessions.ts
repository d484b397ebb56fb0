import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { v7 as newId } from 'uuid'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import type { SessionState } from '../../shared/ipc/ipc-contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { type Session, sessionSchema } from '../../shared/sync/session.ts'
import { requestSession } from '../sync/access.ts'
import { deviceSignerOf } from '../sync/device-signer.ts'
import type { HttpClient } from '../sync/http-client.ts'
import type { Keychain } from '../vault/keychain.ts'
import type { SessionRecord } from '../vault/session-record.ts'
import { createVault, type Vault } from '../vault/vault.ts'
import { latestTrace } from './lease.ts'
import type { OidcFlow } from './oidc-flow.ts'
import { hasVault, type LastVault, type Person, vaultFolderOf } from './person-file.ts'

export interface VaultSessionDeps {
  readonly userData: string
  readonly deviceName: string
  /** Of the settings; an open vault has its own. */
  readonly serverUrl: () => string
  readonly httpFor: (serverUrl: string) => HttpClient
  readonly keychain: () => Keychain | undefined
  readonly oidc: OidcFlow
}

/** A session for a laptop that has no vault of this person yet. */
export interface FirstSession {
  readonly deviceId: string
  readonly deviceKey: Buffer // 32 bytes; overwritten once the vault holds it
  readonly session: Session
  readonly signInKind: SessionRecord['signInKind']
}

/** First sign-in on this laptop by passphrase, or after its vault can no longer be opened. */
export async function requestFirstSession(deps: VaultSessionDeps, { serverUrl, email }: Person, passphrase: string): Promise<Result<FirstSession, AppError>> {
  const deviceId = newId()
  const deviceKey = randomBytes(32)
  const { publicKey } = deviceSignerOf(deviceKey)
  const session = await requestSession(deps.httpFor(serverUrl), { email, passphrase, deviceId, deviceName: deps.deviceName, publicKey })
  return session.ok ? ok({ deviceId, deviceKey, session: session.value, signInKind: 'passphrase' }) : session
}

/** Let in by the office's identity provider. */
export interface ProvenPerson {
  readonly person: Person
  readonly first: FirstSession
}

/**
 * Lets the person prove in the browser who they are, for the device of the open vault or for one that is new.
 * Errors: those of `OidcFlow.signIn`.
 */
export async function requestOidcSession(deps: VaultSessionDeps, open: Vault | undefined): Promise<Result<ProvenPerson, AppError>> {
  const serverUrl = open?.session.serverUrl ?? deps.serverUrl()
  const deviceId = open?.session.deviceId ?? newId()
  const deviceKey = open?.keys.device ?? randomBytes(32)
  const session = await deps.oidc.signIn(deps.httpFor(serverUrl), { id: deviceId, name: deps.deviceName, publicKey: deviceSignerOf(deviceKey).publicKey })
  if (!session.ok) return session
  const person = { serverUrl, email: session.value.colleague.email.toLowerCase() }
  return ok({ person, first: { deviceId, deviceKey, session: session.value, signInKind: 'oidc' } })
}

/** Whether a vault that did not open may open later, so that none takes its place: another passphrase, a wait or a disk that reads again opens it. */
export const isVaultKept = ({ code }: AppError): boolean => code === 'session/wrong-passphrase' || code === 'session/locked-out' || code === 'storage/write-failed'

/** The vault of a first session; one that was there and does not open is set aside. @throws the system's error */
export async function makeFirstVault(deps: VaultSessionDeps, { serverUrl, email }: Person, passphrase: string, first: FirstSession): Promise<Vault> {
  const { deviceId, deviceKey, session, signInKind } = first
  const folder = vaultFolderOf(deps.userData, { serverUrl, email })
  if (existsSync(folder)) await rename(folder, `${folder}.damaged-${Date.now()}`)
  const { refreshToken, colleague, firmName, lastN, leaseMs, wipeCommitment } = session
  const times = { lastContactAtMs: Date.now(), lastUsedAtMs: Date.now(), knownTraceMs: latestTrace() }
  const record = {
    serverUrl,
    email,
    deviceId,
    refreshToken,
    colleague,
    firmName,
    registeredLastN: lastN,
    epoch: null,
    ...times,
    leaseMs,
    wipeCommitment,
    signInKind,
    hasOwnPassphrase: false,
    recoveryKey: null,
  }
  const vault = await createVault(folder, passphrase, deps.keychain(), record, deviceKey)
  deviceKey.fill(0)
  return vault
}

/** What a person types: what opens the laptop and, only where it is another one and was asked for, what the server knows. */
export interface Passphrases {
  readonly laptop: string
  readonly account?: string | undefined
}

/**
 * A new session for a vault whose lease is over: by the passphrase that the server knows, by its refresh token, by the
 * identity provider. Error: 'session/account-passphrase-needed' where only the first would do and it was not given.
 */
export async function renewOverdue(deps: VaultSessionDeps, vault: Vault, passphrases: Passphrases): Promise<Result<Session, AppError>> {
  const { email, deviceId, serverUrl, signInKind, refreshToken, hasOwnPassphrase } = vault.session
  const http = deps.httpFor(serverUrl)
  const { publicKey } = deviceSignerOf(vault.keys.device)
  const byPassphrase = (passphrase: string) => requestSession(http, { email, passphrase, deviceId, deviceName: deps.deviceName, publicKey })
  if (signInKind === 'passphrase' && !hasOwnPassphrase) return byPassphrase(passphrases.laptop)
  if (signInKind === 'passphrase' && passphrases.account !== undefined) return byPassphrase(passphrases.account)
  const refreshed = await http.send({ method: 'POST', path: '/v1/session/refresh', json: { refreshToken, attemptId: randomUUID() }, response: sessionSchema })
  if (refreshed.ok || refreshed.error.code !== 'session/expired') return refreshed
  return signInKind === 'oidc' ? deps.oidc.signIn(http, { id: deviceId, name: deps.deviceName, publicKey }) : err(appError('session/account-passphrase-needed'))
}

/** What the page may know of the person who has the app open. */
export function openState({ session, vaultId }: Vault): Omit<SessionState, 'deviceName'> {
  const { colleague, firmName, deviceId, email, signInKind } = session
  return { phase: 'open', colleague, firmName, lastEmail: email, deviceId, databaseName: `rapport-${vaultId}`, signInKind, notice: null }
}

/** What it may know while nobody has. */
export function closedState(last: LastVault | undefined, userData: string, serverUrl: string): Omit<SessionState, 'deviceName' | 'notice'> {
  const isLocked = last !== undefined && last.serverUrl === serverUrl && hasVault(userData, last)
  const nothing = { colleague: null, firmName: null, deviceId: null, databaseName: null, signInKind: null }
  return { phase: isLocked ? 'locked' : 'signedOut', lastEmail: last?.email ?? null, ...nothing }
}
