import { rm } from 'node:fs/promises'
import { isPassphraseLongEnough } from '../../shared/domain/policy/passphrase.ts'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import type { SessionNotice, SessionState } from '../../shared/ipc/ipc-contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { type Session, signInMethodsSchema } from '../../shared/sync/session.ts'
import { systemErrorCode } from '../lib/system-error.ts'
import { Turns } from '../lib/turns.ts'
import { LockedReminders } from '../notifications/locked-reminders.ts'
import { isWipeOrder } from '../sync/access.ts'
import type { Vault } from '../vault/vault.ts'
import { withdrawVault } from '../vault/withdraw-vault.ts'
import { GuessLimit } from './guess-limit.ts'
import { isLeaseOver, latestTrace } from './lease.ts'
import { type OpenSession, type OpenSessionDeps, openSession } from './open-session.ts'
import { countVaults, forgetLastPerson, hasVault, isMeetingServer, type LastVault, type Person, readLastVault, vaultFolderOf, writeLastVault } from './person-file.ts'
import { adoptKeychain, changePassphrase, confirmRecoveryKey, type TypedFingerprint, whenWritten } from './vault-changes.ts'
import {
  closedState,
  type FirstSession,
  isVaultKept,
  makeFirstVault,
  openState,
  type Passphrases,
  type ProvenPerson,
  renewOverdue,
  requestFirstSession,
  requestOidcSession,
  type VaultSessionDeps,
} from './vault-sessions.ts'

export interface SessionControlDeps extends Omit<OpenSessionDeps, 'http' | 'onRevoked' | 'onLeaseOver'>, VaultSessionDeps {
  /** Somebody opened the app in the present window. */
  readonly onOpened: () => void
  /** Nobody has it open any more: every window that showed data has to go. `isLastVaultGone` = local databases can go too. */
  readonly onClosed: (isLastVaultGone: boolean) => void
}

/** Who has the app open: signing in, unlocking, locking and signing out, one at a time. */
export class SessionControl {
  readonly #deps: SessionControlDeps
  readonly #guesses = new GuessLimit(Date.now)
  /** When to remind of what while nobody has the app open. */
  readonly lockedReminders: LockedReminders
  #open: OpenSession | undefined
  #proven: ProvenPerson | undefined // the passphrase for this laptop is still missing
  #notice: SessionNotice | null = null
  readonly #turns = new Turns()

  constructor(deps: SessionControlDeps) {
    this.#deps = deps
    this.lockedReminders = new LockedReminders(deps.showReminder, Date.now)
  }

  /** A laptop that slept may have missed some. */
  checkReminders(): void {
    this.#open?.reminders.check()
    this.lockedReminders.check()
  }

  /** Says at sign-in or unlocking why nobody has the app open any more. */
  giveNotice(notice: SessionNotice): void {
    this.#notice = notice
  }

  get open(): OpenSession | undefined {
    return this.#open
  }

  state(): SessionState {
    const { userData, deviceName, serverUrl } = this.#deps
    if (this.#open) return { ...openState(this.#open.vault), deviceName }
    return { ...closedState(readLastVault(userData, this.#deps.keychain()), userData, serverUrl()), deviceName, notice: this.#notice }
  }

  isMeetingServer = (email: string | null): boolean => this.#open === undefined && isMeetingServer(this.#deps.userData, this.#deps.serverUrl(), email)

  /** Opens the person's vault, or makes it after the server has let them in. */
  signIn(email: string, passphrase: string, account?: string): Promise<Result<SessionState, AppError>> {
    const person = { serverUrl: this.#deps.serverUrl(), email: email.trim().toLowerCase() }
    return this.#turns.take(async () => {
      if (this.#open) return this.#signInAgain(this.#open, person, passphrase)
      const vault = await this.#openVault(person, passphrase)
      if (vault.ok) return this.#resume(vault.value, person, { laptop: passphrase, account })
      if (isVaultKept(vault.error)) return vault
      const first = await requestFirstSession(this.#deps, person, passphrase)
      return first.ok ? this.#makeAndAdopt(person, passphrase, first.value) : first
    })
  }

  /** Another passphrase for this laptop; the server's stays what it is. Too many wrong ones for the present one lock the app. */
  changePassphrase(present: string, next: string): Promise<Result<Record<string, never>, AppError>> {
    return this.#whileOpen(({ vault }) => changePassphrase(vault, () => this.#prove(vault, present), next, this.#deps.keychain()))
  }

  /** Another recovery key of the firm, which two colleagues have vouched for. */
  confirmRecoveryKey(present: string, typed: TypedFingerprint): Promise<Result<Record<string, never>, AppError>> {
    return this.#whileOpen(({ vault }) => confirmRecoveryKey(vault, () => this.#prove(vault, present), typed))
  }

  /** Between two turns of coming and going. Error: 'session/not-open'. */
  #whileOpen<T>(action: (open: OpenSession) => Promise<Result<T, AppError>>): Promise<Result<T, AppError>> {
    return this.#turns.take(async () => (this.#open ? action(this.#open) : err(appError('session/not-open'))))
  }

  async #prove({ folder }: Vault, passphrase: string): Promise<Result<void, AppError>> {
    const proven = await this.#guesses.check(folder, passphrase, this.#deps.keychain())
    if (!proven.ok && proven.error.code === 'session/locked-out') await this.#lock()
    return proven
  }

  methods = () => this.#deps.httpFor(this.#deps.serverUrl()).send({ method: 'GET', path: '/v1/session/methods', response: signInMethodsSchema })

  /** Lets the person prove in the browser who they are: again for an open session, or for the first time on this laptop. Outside of the turns, because it waits for a person. */
  async signInByOidc(): Promise<Result<{ email: string; next: 'none' | 'new' | 'existing' }, AppError>> {
    const again = this.#open
    const proven = await requestOidcSession(this.#deps, again?.vault)
    if (!proven.ok) return proven
    const { person, first } = proven.value
    return this.#turns.take(async () => {
      if (again) return this.#renewByOidc(again, first.session)
      this.#proven = proven.value
      return ok({ email: first.session.colleague.email, next: hasVault(this.#deps.userData, person) ? ('existing' as const) : ('new' as const) })
    })
  }

  /** The passphrase for this laptop, chosen by a person who has just proved who they are. */
  completeOidc(passphrase: string): Promise<Result<SessionState, AppError>> {
    return this.#turns.take(async () => {
      const proven = this.#proven
      if (!proven || this.#open) return err(appError('session/oidc-given-up'))
      const vault = await this.#openVault(proven.person, passphrase)
      if (vault.ok) return this.#resume(vault.value, proven.person, { laptop: passphrase })
      if (isVaultKept(vault.error)) return vault
      if (!isPassphraseLongEnough(passphrase)) return err(appError('session/weak-passphrase'))
      return this.#makeAndAdopt(proven.person, passphrase, proven.first)
    })
  }

  cancelOidc(): void {
    this.#proven = undefined
    this.#deps.oidc.cancel()
  }

  async #renewByOidc(open: OpenSession, session: Session): Promise<Result<{ email: string; next: 'none' }, AppError>> {
    if (session.colleague.id !== open.vault.session.colleague.id || this.#open !== open) return err(appError('session/device-taken'))
    const taken = await open.sync.takeSession(session)
    if (!taken.ok) return taken
    open.sync.now()
    return ok({ email: session.colleague.email, next: 'none' })
  }

  /** Works offline. When online, an ended session is renewed in the background. */
  unlock(passphrase: string, account?: string): Promise<Result<SessionState, AppError>> {
    return this.#turns.take(async () => {
      if (this.#open) return ok(this.state())
      const last = readLastVault(this.#deps.userData, this.#deps.keychain())
      if (!last) return err(appError('session/no-vault'))
      const vault = await this.#openVault(last, passphrase)
      return vault.ok ? this.#resume(vault.value, vault.value.session, { laptop: passphrase, account }) : vault
    })
  }

  lock(): Promise<Result<Record<string, never>, AppError>> {
    return this.#turns.take(() => this.#lock())
  }

  async #lock(): Promise<Result<Record<string, never>, AppError>> {
    const outline = this.#open?.reminders.outline()
    const hasClosed = await this.#close()
    if (outline) await this.lockedReminders.begin(outline)
    if (hasClosed) this.#deps.onClosed(false)
    return ok({})
  }

  /**
   * Erases this person's vault, and with it the key to everything of theirs on this laptop. While locked, nobody can tell
   * what is unsent: then the vault stays as it is, and only the next person is asked who they are.
   */
  signOut(discardUnsent: boolean): Promise<Result<Record<string, never>, AppError>> {
    return this.#turns.take(async () => {
      if (!this.#open) return this.#forgetPerson()
      const { unsentCount, refusedCount } = this.#open.sync.status()
      if (unsentCount + refusedCount > 0 && !discardUnsent) return err(appError('session/unsent-work', { count: unsentCount + refusedCount }))
      const { folder } = this.#open.vault
      await this.#open.sync.signOut()
      await this.#close()
      await rm(folder, { recursive: true, force: true })
      const vaultsLeft = await countVaults(this.#deps.userData)
      this.#deps.log.info('session.signed-out', { vaultsLeft })
      this.#deps.onClosed(vaultsLeft === 0)
      return ok({})
    })
  }

  async #forgetPerson(): Promise<Result<Record<string, never>, AppError>> {
    this.lockedReminders.end()
    await forgetLastPerson(this.#deps.userData)
    this.#deps.onClosed(false)
    return ok({})
  }

  /** The app ends: nothing is announced any more. */
  shutDown(): Promise<void> {
    return this.#turns.take(async () => {
      this.lockedReminders.end()
      await this.#close()
    })
  }

  /** A vault takes over the keychain that there is now; what a full disk, or a keychain that refuses, must not stop. */
  async #openVault(person: Person | LastVault, passphrase: string): Promise<Result<Vault, AppError>> {
    const keychain = this.#deps.keychain()
    const vault = await this.#guesses.open(vaultFolderOf(this.#deps.userData, person), passphrase, keychain)
    if (vault.ok) await adoptKeychain(vault.value, passphrase, keychain).catch(this.#note('vault.keychain-not-taken'))
    return vault
  }

  /** Opens at once while the lease lasts, and speaks to the server later; after its end the server is asked first. */
  async #resume(vault: Vault, person: Person, passphrases: Passphrases): Promise<Result<SessionState, AppError>> {
    if (!isLeaseOver(vault.session, Date.now(), latestTrace())) return this.#adopt(vault, person, async (open) => void open.sync.authorise(passphrases.laptop))
    const session = await renewOverdue(this.#deps, vault, passphrases)
    if (session.ok) return this.#adopt(vault, person, (open) => open.sync.takeSession(session.value))
    const { wipeCommitment } = vault.session
    await vault.close()
    if (isWipeOrder(session.error, wipeCommitment)) await this.#erase(vault.folder)
    return session.error.code === 'sync/offline' ? err(appError('session/lease-over')) : session
  }

  /** The server has withdrawn this device: what opens the data on it goes now, asked or not. */
  #wipe(): Promise<void> {
    return this.#turns.take(async () => {
      if (!this.#open) return
      const { folder } = this.#open.vault
      await this.#close()
      await this.#erase(folder)
    })
  }

  async #erase(folder: string): Promise<void> {
    await withdrawVault(folder, Date.now())
    await forgetLastPerson(this.#deps.userData)
    this.giveNotice('device-revoked')
    this.#deps.log.warn('session.wiped')
    this.#deps.onClosed((await countVaults(this.#deps.userData)) === 0)
  }

  async #makeAndAdopt(person: Person, passphrase: string, first: FirstSession): Promise<Result<SessionState, AppError>> {
    try {
      const vault = await makeFirstVault(this.#deps, person, passphrase, first)
      return await this.#adopt(vault, person, (open) => open.sync.takeSession(first.session))
    } catch (error) {
      return err(appError('storage/write-failed', { reason: systemErrorCode(error) }))
    }
  }

  /** The server had ended the session, or the account's passphrase was changed: a vault that has none of its own then takes the new one. */
  async #signInAgain(open: OpenSession, person: Person, passphrase: string): Promise<Result<SessionState, AppError>> {
    if (open.vault.session.email !== person.email) return err(appError('session/device-taken'))
    const signedIn = await open.sync.signIn(passphrase)
    if (!signedIn.ok) return signedIn
    open.sync.now()
    const kept = open.vault.session.hasOwnPassphrase ? ok({}) : await whenWritten(() => open.vault.rewrap(passphrase, this.#deps.keychain()))
    return kept.ok ? ok(this.state()) : kept
  }

  async #adopt(vault: Vault, person: Person, authorise: (open: OpenSession) => Promise<unknown>): Promise<Result<SessionState, AppError>> {
    const http = this.#deps.httpFor(vault.session.serverUrl)
    const opened = await openSession(vault, { ...this.#deps, http, onRevoked: () => void this.#wipe(), onLeaseOver: () => void this.#endLease() }, this.lockedReminders.end())
    if (!opened.ok) return opened
    this.#open = opened.value
    this.#proven = undefined
    this.#notice = null
    await writeLastVault(this.#deps.userData, person, this.#deps.keychain()).catch(this.#note('session.last-vault-not-kept'))
    await authorise(opened.value)
    opened.value.sync.start()
    this.#deps.log.info('session.opened', { hasKeychain: vault.keychainBackend !== null, unsentCount: opened.value.sync.status().unsentCount })
    this.#deps.onOpened()
    return ok(this.state())
  }

  #endLease(): Promise<unknown> {
    this.#deps.log.info('session.lease-over')
    this.giveNotice('lease-over')
    return this.lock()
  }

  #note(event: string): (error: unknown) => void {
    return (error) => this.#deps.log.warn(event, { reason: systemErrorCode(error) })
  }

  async #close(): Promise<boolean> {
    const open = this.#open
    this.#open = undefined
    await open?.close()
    if (open) this.#deps.log.info('session.closed')
    return open !== undefined
  }
}
