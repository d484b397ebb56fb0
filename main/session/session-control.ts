import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { v7 as newId } from 'uuid'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import type { SessionState } from '../../shared/ipc/ipc-contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { Session } from '../../shared/sync/session.ts'
import { systemErrorCode } from '../lib/system-error.ts'
import type { Log } from '../log/log.ts'
import { LockedReminders } from '../notifications/locked-reminders.ts'
import type { ReminderRecord } from '../notifications/reminder-store.ts'
import { requestSession } from '../sync/access.ts'
import { deviceSignerOf } from '../sync/device-signer.ts'
import type { HttpClient } from '../sync/http-client.ts'
import type { Keychain } from '../vault/keychain.ts'
import { createVault, type Vault } from '../vault/vault.ts'
import { GuessLimit } from './guess-limit.ts'
import { isLeaseOver } from './lease.ts'
import { type OpenSession, type OpenSessionDeps, openSession } from './open-session.ts'
import { forgetLastPerson, hasVault, type LastVault, type Person, readLastVault, vaultFolderOf, vaultsFolderIn, writeLastVault } from './person-file.ts'

export interface SessionControlDeps extends Omit<OpenSessionDeps, 'http'> {
  readonly userData: string
  readonly log: Log
  readonly serverUrl: () => string
  readonly httpFor: (serverUrl: string) => HttpClient
  readonly keychain: () => Keychain | undefined
  /** Somebody opened the app in the present window. */
  readonly onOpened: () => void
  /** Nobody has it open any more: every window that showed data has to go. `isLastVaultGone` = local databases can go too. */
  readonly onClosed: (isLastVaultGone: boolean) => void
}

/** Who has the app open: signing in, unlocking, locking and signing out, one at a time. */
export class SessionControl {
  readonly #deps: SessionControlDeps
  readonly #guesses = new GuessLimit(Date.now)
  readonly #lockedReminders: LockedReminders
  #open: OpenSession | undefined
  #turn: Promise<unknown> = Promise.resolve()

  constructor(deps: SessionControlDeps) {
    this.#deps = deps
    this.#lockedReminders = new LockedReminders(deps.showReminder, Date.now)
  }

  /** A laptop that slept may have missed some. */
  checkReminders(): void {
    this.#open?.reminders.check()
    this.#lockedReminders.check()
  }

  /** When to remind of what while nobody has the app open; null = of nothing. */
  lockedOutline(): ReminderRecord | null {
    return this.#lockedReminders.outline()
  }

  remindWhileLocked(outline: ReminderRecord): Promise<void> {
    return this.#lockedReminders.begin(outline)
  }

  get open(): OpenSession | undefined {
    return this.#open
  }

  state(): SessionState {
    const { userData, deviceName, serverUrl } = this.#deps
    if (this.#open) {
      const { session, vaultId } = this.#open.vault
      const { colleague, firmName, deviceId, email } = session
      return { phase: 'open', colleague, firmName, lastEmail: email, deviceId, deviceName, databaseName: `rapport-${vaultId}` }
    }
    const last = readLastVault(userData, this.#deps.keychain())
    const lastEmail = last?.email ?? null
    const isLocked = last !== undefined && last.serverUrl === serverUrl() && hasVault(userData, last)
    return { phase: isLocked ? 'locked' : 'signedOut', colleague: null, firmName: null, lastEmail, deviceId: null, deviceName, databaseName: null }
  }

  /** Opens the person's vault, or makes it after the server has let them in. */
  signIn(email: string, passphrase: string): Promise<Result<SessionState, AppError>> {
    const person = { serverUrl: this.#deps.serverUrl(), email: email.trim().toLowerCase() }
    return this.#inTurn(async () => {
      if (this.#open) return this.#signInAgain(this.#open, person, passphrase)
      const vault = await this.#openVault(person, passphrase)
      if (vault.ok) return this.#resume(vault.value, person, passphrase)
      if (vault.error.code === 'session/wrong-passphrase' || vault.error.code === 'session/locked-out') return vault
      return this.#register(person, passphrase)
    })
  }

  /** Works offline. When online, an ended session is renewed in the background. */
  unlock(passphrase: string): Promise<Result<SessionState, AppError>> {
    return this.#inTurn(async () => {
      if (this.#open) return ok(this.state())
      const last = readLastVault(this.#deps.userData, this.#deps.keychain())
      if (!last) return err(appError('session/no-vault'))
      const vault = await this.#openVault(last, passphrase)
      if (!vault.ok) return vault
      await this.#addKeychain(vault.value, passphrase)
      return this.#resume(vault.value, vault.value.session, passphrase)
    })
  }

  lock(): Promise<Result<Record<string, never>, AppError>> {
    return this.#inTurn(async () => {
      const outline = this.#open?.reminders.outline()
      const hasClosed = await this.#close()
      if (outline) await this.#lockedReminders.begin(outline)
      if (hasClosed) this.#deps.onClosed(false)
      return ok({})
    })
  }

  /**
   * Erases this person's vault, and with it the key to everything of theirs on this laptop. While locked, nobody can tell
   * what is unsent: then the vault stays as it is, and only the next person is asked who they are.
   */
  signOut(discardUnsent: boolean): Promise<Result<Record<string, never>, AppError>> {
    return this.#inTurn(async () => {
      if (!this.#open) return this.#forgetPerson()
      const { unsentCount, refusedCount } = this.#open.sync.status()
      if (unsentCount + refusedCount > 0 && !discardUnsent) return err(appError('session/unsent-work', { count: unsentCount + refusedCount }))
      const { folder } = this.#open.vault
      await this.#open.sync.signOut()
      await this.#close()
      await rm(folder, { recursive: true, force: true })
      const left = await readdir(vaultsFolderIn(this.#deps.userData)).catch(() => [])
      this.#deps.log.info('session.signed-out', { vaultsLeft: left.length })
      this.#deps.onClosed(left.length === 0)
      return ok({})
    })
  }

  async #forgetPerson(): Promise<Result<Record<string, never>, AppError>> {
    this.#lockedReminders.end()
    await forgetLastPerson(this.#deps.userData)
    this.#deps.onClosed(false)
    return ok({})
  }

  /** The app ends: nothing is announced any more. */
  shutDown(): Promise<void> {
    return this.#inTurn(async () => {
      this.#lockedReminders.end()
      await this.#close()
    })
  }

  #openVault(person: Person | LastVault, passphrase: string): Promise<Result<Vault, AppError>> {
    return this.#guesses.open(vaultFolderOf(this.#deps.userData, person), passphrase, this.#deps.keychain())
  }

  /** Opens at once while the lease lasts, and speaks to the server later; after its end the server is asked first. */
  async #resume(vault: Vault, person: Person, passphrase: string): Promise<Result<SessionState, AppError>> {
    if (!isLeaseOver(vault.session, Date.now())) return this.#adopt(vault, person, async (open) => void open.sync.authorise(passphrase))
    const { email, deviceId, serverUrl } = vault.session
    const { publicKey } = deviceSignerOf(vault.keys.device)
    const session = await requestSession(this.#deps.httpFor(serverUrl), { email, passphrase, deviceId, deviceName: this.#deps.deviceName, publicKey })
    if (session.ok) return this.#adopt(vault, person, (open) => open.sync.takeSession(session.value))
    await vault.close()
    return session.error.code === 'sync/offline' ? err(appError('session/lease-over')) : session
  }

  /** First sign-in on this laptop, or after its vault can no longer be opened. */
  async #register(person: Person, passphrase: string): Promise<Result<SessionState, AppError>> {
    const deviceId = newId()
    const deviceKey = randomBytes(32)
    const { publicKey } = deviceSignerOf(deviceKey)
    const http = this.#deps.httpFor(person.serverUrl)
    const session = await requestSession(http, { email: person.email, passphrase, deviceId, deviceName: this.#deps.deviceName, publicKey })
    if (!session.ok) return session
    try {
      const vault = await this.#makeVault(person, passphrase, { deviceId, deviceKey }, session.value)
      deviceKey.fill(0)
      return await this.#adopt(vault, person, (open) => open.sync.takeSession(session.value))
    } catch (error) {
      return err(appError('storage/write-failed', { reason: systemErrorCode(error) }))
    }
  }

  async #makeVault(person: Person, passphrase: string, { deviceId, deviceKey }: { deviceId: string; deviceKey: Buffer }, session: Session): Promise<Vault> {
    const folder = vaultFolderOf(this.#deps.userData, person)
    if (existsSync(folder)) await rename(folder, `${folder}.damaged-${Date.now()}`)
    const { refreshToken, colleague, firmName, lastN } = session
    const record = {
      serverUrl: person.serverUrl,
      email: person.email,
      deviceId,
      refreshToken,
      colleague,
      firmName,
      registeredLastN: lastN,
      epoch: null,
      lastContactAtMs: Date.now(),
      lastUsedAtMs: Date.now(),
    }
    return createVault(folder, passphrase, this.#deps.keychain(), record, deviceKey)
  }

  /** The server had ended the session, or the passphrase was changed: the open vault then takes the new one. */
  async #signInAgain(open: OpenSession, person: Person, passphrase: string): Promise<Result<SessionState, AppError>> {
    if (open.vault.session.email !== person.email) return err(appError('session/device-taken'))
    const signedIn = await open.sync.signIn(passphrase)
    if (!signedIn.ok) return signedIn
    await open.vault.rewrap(passphrase, this.#deps.keychain())
    open.sync.now()
    return ok(this.state())
  }

  async #adopt(vault: Vault, person: Person, authorise: (open: OpenSession) => Promise<unknown>): Promise<Result<SessionState, AppError>> {
    const opened = await openSession(vault, { ...this.#deps, http: this.#deps.httpFor(vault.session.serverUrl) }, this.#lockedReminders.end())
    if (!opened.ok) return opened
    this.#open = opened.value
    await writeLastVault(this.#deps.userData, person, this.#deps.keychain())
    await authorise(opened.value)
    opened.value.sync.start()
    this.#deps.log.info('session.opened', { hasKeychain: vault.hasKeychain, unsentCount: opened.value.sync.status().unsentCount })
    this.#deps.onOpened()
    return ok(this.state())
  }

  /** A vault that was made without a keychain gets one as soon as there is one. */
  async #addKeychain(vault: Vault, passphrase: string): Promise<void> {
    const keychain = this.#deps.keychain()
    if (keychain && !vault.hasKeychain) await vault.rewrap(passphrase, keychain)
  }

  async #close(): Promise<boolean> {
    const open = this.#open
    this.#open = undefined
    await open?.close()
    if (open) this.#deps.log.info('session.closed')
    return open !== undefined
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(action)
    this.#turn = turn.catch(() => undefined)
    return turn
  }
}
