import { randomBytes } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { writeFileAtomically } from '../lib/atomic-write.ts'
import { readIfThere } from '../lib/read-if-there.ts'
import { seal, unseal } from '../lib/seal.ts'
import { systemErrorCode } from '../lib/system-error.ts'
import { deriveWrappingKey } from './derive-key.ts'
import type { Keychain } from './keychain.ts'
import { placeOfRecovery, readRecoveryWrap, sealForFirm, writeRecoveryWrap } from './recovery-wrap.ts'
import { type SessionRecord, sessionRecordSchema } from './session-record.ts'
import { defaultKdfCost, placeOfKey, readVaultHeader, type VaultHeader, type WrappedKeyName, wrappedKeyNames, writeVaultHeader } from './vault-header.ts'

export type VaultKeys = Readonly<Record<WrappedKeyName, Buffer>>

const headerPathIn = (folder: string) => join(folder, 'header.json')
const sessionPathIn = (folder: string) => join(folder, 'session.sealed')
/** Opens the vault where the record cannot be read: that is written all the time, and may be torn by a disk that lies about its syncs. */
const sparePathIn = (folder: string) => join(folder, 'session.spare')
const sessionPlace = (vaultId: string) => `rapport/vault-session/${vaultId}`

/** The open vault of one person on one server: keys in memory until `close`, which overwrites them. */
export class Vault {
  readonly folder: string
  readonly keys: VaultKeys
  #header: VaultHeader
  #session: SessionRecord
  #spare: SessionRecord // says the same of the lasting fields as the spare on the disk
  #writing: Promise<unknown> = Promise.resolve()
  #isClosed = false
  #otherRecoveryKey: string | null = null

  constructor(folder: string, header: VaultHeader, keys: VaultKeys, session: SessionRecord) {
    this.folder = folder
    this.keys = keys
    this.#header = header
    this.#session = session
    this.#spare = session
  }

  get session(): SessionRecord {
    return this.#session
  }

  /** Random; names the person's database in the renderer without telling who it is. */
  get vaultId(): string {
    return this.#header.vaultId
  }

  /** Which keychain holds the second half of the key; null = the passphrase stands alone. */
  get keychainBackend(): string | null {
    return this.#header.keychain?.backend ?? null
  }

  /** Copies for the cipher of the window. */
  windowKeys(): { data: Uint8Array; index: Uint8Array } {
    return { data: new Uint8Array(this.keys.data), index: new Uint8Array(this.keys.index) }
  }

  /**
   * Durable when it resolves; one write at a time, so that an older record never replaces a newer one.
   * @throws the system's error when the disk refuses, and after `close`: without keys there is nothing to seal with
   */
  async saveSession(change: Partial<SessionRecord>): Promise<void> {
    if (this.#isClosed) throw new Error('vault is closed')
    const record = { ...this.#session, ...change }
    this.#session = record
    const bytes = sealSession(this.#header.vaultId, this.keys, record)
    const written = this.#writing.then(() => this.#write(record, bytes))
    this.#writing = written.catch(() => undefined)
    await written
  }

  /** Where the disk refused a spare, the next record brings it. */
  async #write(record: SessionRecord, sealed: Uint8Array): Promise<void> {
    await writeSession(this.folder, sealed, !isLastingAs(this.#spare, record))
    this.#spare = record
  }

  /** Wraps the same keys under another passphrase, or under the same one with a keychain that has become available. */
  async rewrap(passphrase: string, keychain: Keychain | undefined): Promise<void> {
    const header = await wrapKeys(this.#header.vaultId, this.keys, passphrase, keychain)
    if (this.#isClosed) throw new Error('vault is closed') // meanwhile the keys have become zeros
    await writeVaultHeader(headerPathIn(this.folder), header)
    this.#header = header
  }

  /**
   * A passphrase for this laptop alone. The keys stay, and with them all that is sealed and the firm's recovery wrap. At
   * whatever instant it ends, exactly one of the two opens the vault: the header is replaced as a whole. The record says
   * first that the passphrase is the laptop's own, so that the server is never offered the new one.
   */
  async changePassphrase(passphrase: string, keychain: Keychain | undefined): Promise<void> {
    await this.saveSession({ hasOwnPassphrase: true })
    await this.rewrap(passphrase, keychain)
  }

  /**
   * Seals the keys to the firm's recovery key as well. A key that came first stays: another one may be somebody else's, and
   * takes its place only when a person confirms it. Made again where it is the same, so that a damaged one does not stay.
   */
  async takeRecoveryKey(publicKey: string): Promise<'sealed' | 'other-key'> {
    const known = this.#session.recoveryKey ?? (await readRecoveryWrap(this.folder))?.publicKey
    if (known !== undefined && known !== publicKey) {
      this.#otherRecoveryKey = publicKey
      return 'other-key'
    }
    await this.#sealToFirm(publicKey)
    return 'sealed'
  }

  /** To which key of the firm the keys are sealed, and which other one the server offered since the vault was opened. */
  async recoveryKeys(): Promise<{ readonly known: string | null; readonly other: string | null }> {
    return { known: this.#session.recoveryKey ?? (await readRecoveryWrap(this.folder))?.publicKey ?? null, other: this.#otherRecoveryKey }
  }

  get isOtherRecoveryKeyOffered(): boolean {
    return this.#otherRecoveryKey !== null
  }

  /** Only for a key that a person has confirmed: seals the keys to it, in the place of the one before. */
  async replaceRecoveryKey(publicKey: string): Promise<void> {
    await this.#sealToFirm(publicKey)
    this.#otherRecoveryKey = null
  }

  /** The key is noted first: where the wrap is missing afterwards, the next session makes it. */
  async #sealToFirm(publicKey: string): Promise<void> {
    if (this.#session.recoveryKey !== publicKey) await this.saveSession({ recoveryKey: publicKey })
    if (this.#isClosed) throw new Error('vault is closed')
    const { vaultId } = this.#header
    const keys = Buffer.from(JSON.stringify(forEachKey((name) => this.keys[name].toString('base64'))), 'utf8')
    const sealed = sealForFirm(Buffer.from(publicKey, 'base64'), placeOfRecovery(vaultId), keys).toString('base64')
    keys.fill(0)
    await writeRecoveryWrap(this.folder, { vaultId, publicKey, sealed })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#writing
    for (const name of wrappedKeyNames) this.keys[name].fill(0)
  }
}

/**
 * Makes the vault at a person's first sign-in on this laptop.
 * @param deviceKey the secret part of the Ed25519 key that the server was just told of; it signs this device's commands
 * @throws the system's error when the disk refuses
 */
export async function createVault(
  folder: string,
  passphrase: string,
  keychain: Keychain | undefined,
  session: SessionRecord,
  deviceKey: Uint8Array = randomBytes(32),
): Promise<Vault> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const keys = forEachKey((name) => (name === 'device' ? Buffer.from(deviceKey) : randomBytes(32)))
  const header = await wrapKeys(randomBytes(16).toString('hex'), keys, passphrase, keychain)
  // The header comes last: a vault exists as soon as there is one, and then it has a session too.
  await writeSession(folder, sealSession(header.vaultId, keys, session), true)
  await writeVaultHeader(headerPathIn(folder), header)
  return new Vault(folder, header, keys, session)
}

/**
 * Errors: 'session/no-vault', 'session/wrong-passphrase', 'session/keychain-missing', 'session/keys-erased', 'storage/vault-damaged';
 * 'storage/write-failed' = the disk does not give the files now, which says nothing of them.
 */
export async function openVault(folder: string, passphrase: string, keychain: Keychain | undefined): Promise<Result<Vault, AppError>> {
  try {
    return await openFiles(folder, passphrase, keychain)
  } catch (error) {
    if (systemErrorCode(error) === 'unknown') throw error
    return err(appError('storage/write-failed', { reason: systemErrorCode(error) }))
  }
}

async function openFiles(folder: string, passphrase: string, keychain: Keychain | undefined): Promise<Result<Vault, AppError>> {
  const header = await readVaultHeader(headerPathIn(folder))
  if (header === 'missing') return err(appError('session/no-vault'))
  if (header === 'damaged') return err(appError('storage/vault-damaged'))
  if (header.wrapped === null) return err(appError('session/keys-erased'))
  const secret = header.keychain === null ? new Uint8Array() : keychain?.unwrap(Buffer.from(header.keychain.secret, 'base64'))
  if (secret === undefined) return err(appError('session/keychain-missing'))
  const keys = await unwrapKeys(header, passphrase, secret)
  if (!keys.ok) return keys
  const session = await readSession(folder, header.vaultId, keys.value)
  if (session === undefined) return err(appError('storage/vault-damaged'))
  return ok(new Vault(folder, header, keys.value, session))
}

/**
 * From now on only the server and the firm's recovery key bring back what was here. The whole header goes on a full disk, because
 * removing needs no room, and where it cannot be read as it is: changed back, it would open the vault. @throws the system's error
 */
export async function eraseWrappedKeys(folder: string): Promise<void> {
  const path = headerPathIn(folder)
  const header = await readVaultHeader(path).catch(() => 'damaged' as const)
  if (typeof header === 'object') await writeVaultHeader(path, { ...header, wrapped: null }).catch(() => rm(path))
  else await rm(path, { force: true })
}

/**
 * Wraps keys that were recovered under a new passphrase, which the server does not know; the vault opens with it as before, and takes
 * the keychain that there is then. @returns whose it is; undefined, and nothing changed, where the keys are not those of this vault:
 * whoever has the disk can seal keys of their own to the firm @throws the system's error
 */
export async function rewrapRecovered(folder: string, vaultId: string, keys: VaultKeys, passphrase: string): Promise<SessionRecord | undefined> {
  const session = await readSession(folder, vaultId, keys)
  if (!session) return undefined
  const record = { ...session, hasOwnPassphrase: true }
  await writeSession(folder, sealSession(vaultId, keys, record), true)
  await writeVaultHeader(headerPathIn(folder), await wrapKeys(vaultId, keys, passphrase, undefined))
  return record
}

async function wrapKeys(vaultId: string, keys: VaultKeys, passphrase: string, keychain: Keychain | undefined): Promise<VaultHeader> {
  const secret = keychain ? randomBytes(32) : Buffer.alloc(0)
  const kdf = { ...defaultKdfCost, salt: randomBytes(16).toString('base64') }
  const clear = { format: 1 as const, vaultId, kdf, keychain: keychain ? { backend: keychain.backend, secret: keychain.wrap(secret).toString('base64') } : null }
  const wrappingKey = await deriveWrappingKey(passphrase, secret, kdf)
  const wrapped = forEachKey((name) => seal(wrappingKey, placeOfKey(clear, name), keys[name]).toString('base64'))
  wrappingKey.fill(0)
  secret.fill(0)
  return { ...clear, wrapped }
}

/** A passphrase that opens no key is wrong; one that opens some of them meets a header in which keys were exchanged. */
async function unwrapKeys(header: VaultHeader, passphrase: string, secret: Uint8Array): Promise<Result<VaultKeys, AppError>> {
  const { wrapped } = header
  if (wrapped === null) return err(appError('session/keys-erased'))
  const wrappingKey = await deriveWrappingKey(passphrase, secret, header.kdf)
  const found = forEachKey((name) => unseal(wrappingKey, placeOfKey(header, name), Buffer.from(wrapped[name], 'base64')))
  wrappingKey.fill(0)
  const missing = wrappedKeyNames.filter((name) => found[name] === undefined)
  if (missing.length === wrappedKeyNames.length) return err(appError('session/wrong-passphrase'))
  if (missing.length > 0) return err(appError('storage/vault-damaged'))
  return ok(forEachKey((name) => found[name] ?? Buffer.alloc(0)))
}

/** The spare's refresh token is used up and its last contact long ago: the server is asked for another session, and the lease is shorter, never longer. */
async function readSession(folder: string, vaultId: string, keys: VaultKeys): Promise<SessionRecord | undefined> {
  for (const path of [sessionPathIn(folder), sparePathIn(folder)]) {
    const sealed = await readIfThere(path)
    const plain = sealed && unseal(keys.session, sessionPlace(vaultId), sealed)
    const record = plain && sessionRecordSchema.safeParse(JSON.parse(plain.toString('utf8'))).data
    if (record) return record
  }
  return undefined
}

async function writeSession(folder: string, sealed: Uint8Array, isSpareOld: boolean): Promise<void> {
  if (isSpareOld) await writeFileAtomically(sparePathIn(folder), sealed)
  await writeFileAtomically(sessionPathIn(folder), sealed)
}

/** What a spare must never say otherwise: who may learn the passphrase, whose the recovery key is, by which order the keys go. */
const lastingFields = ['hasOwnPassphrase', 'recoveryKey', 'wipeCommitment', 'signInKind'] as const
const isLastingAs = (one: SessionRecord, other: SessionRecord): boolean => lastingFields.every((field) => one[field] === other[field])

const sealSession = (vaultId: string, keys: VaultKeys, session: SessionRecord) => seal(keys.session, sessionPlace(vaultId), Buffer.from(JSON.stringify(session), 'utf8'))

function forEachKey<T>(make: (name: WrappedKeyName) => T): Record<WrappedKeyName, T> {
  return { data: make('data'), index: make('index'), journal: make('journal'), file: make('file'), session: make('session'), device: make('device') }
}
