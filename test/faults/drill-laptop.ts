/** A laptop of the drill: the app's own journal and sync, without a window. */
import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { BlobStore } from '../../main/files/blob-store.ts'
import type { Log } from '../../main/log/log.ts'
import { Journal } from '../../main/outbox/journal.ts'
import { requestSession } from '../../main/sync/access.ts'
import { deviceSignerOf } from '../../main/sync/device-signer.ts'
import { HttpClient } from '../../main/sync/http-client.ts'
import { SyncEngine } from '../../main/sync/sync-engine.ts'
import type { SessionRecord } from '../../main/vault/session-record.ts'
import { must } from '../../shared/lib/must.ts'
import { ok, type Result } from '../../shared/lib/result.ts'
import type { PullResponse } from '../../shared/sync/pull.ts'
import { waitFor } from '../support/wait-for.ts'

export interface Call {
  readonly name: string
  readonly args: unknown
}

export class DrillLaptop {
  readonly deviceId = randomUUID()
  readonly alarms: string[] = []
  /** What the server answered, as this laptop's person was told: id → status. */
  readonly told = new Map<string, 'applied' | 'refused'>()
  readonly #key = randomBytes(32)
  readonly #place: { readonly folder: string; readonly url: string; readonly email: string; readonly passphrase: string }
  #record: SessionRecord | undefined
  #open: { readonly journal: Journal; readonly sync: SyncEngine } | undefined
  #cursor: number | null = null
  #scopeHash: string | null = null

  constructor(place: { readonly folder: string; readonly url: string; readonly email: string; readonly passphrase: string }) {
    this.#place = place
  }

  get journal(): Journal {
    return must(this.#open, 'an open laptop').journal
  }

  get sync(): SyncEngine {
    return must(this.#open, 'an open laptop').sync
  }

  /** The first time it signs in; later it opens with what is on its disk, without the server. */
  async open(): Promise<void> {
    const { folder, url, email } = this.#place
    const http = new HttpClient(url, fetch)
    this.#record ??= await this.#register(http)
    const registeredLastN = this.#record.registeredLastN
    const journal = unwrap(await Journal.open({ path: join(folder, `${this.deviceId}.journal`), key: this.#key, registeredLastN, nowMs: Date.now }))
    const save = async (change: Partial<SessionRecord>) => {
      this.#record = { ...must(this.#record, `record of ${email}`), ...change }
      return ok(undefined)
    }
    const store = { deviceName: 'Drill', signer: deviceSignerOf(this.#key), read: () => must(this.#record, `record of ${email}`), save }
    const clocks = { nowMs: Date.now, monotonicMs: () => performance.now(), random: Math.random }
    const blobs = new BlobStore(join(folder, `${this.deviceId}.files`), this.#key)
    this.#open = { journal, sync: new SyncEngine({ http, store, journal, blobs, log: this.#log(), onChange: () => undefined, onRevoked: () => undefined, ...clocks }) }
    this.sync.start()
  }

  async close(): Promise<void> {
    this.sync.stop()
    await this.journal.close()
    this.#open = undefined
  }

  /** Saves on this laptop, as a screen does. @returns the command's id */
  async save(call: Call): Promise<string> {
    const id = randomUUID()
    unwrap(await this.journal.append([{ id, version: 1, madeAtMs: Date.now(), ...call }]))
    this.sync.workAdded()
    return id
  }

  /** What a window does after an announcement: pull everything, tell main what is settled. */
  async syncTurn(): Promise<void> {
    for (let hasMore = true; hasMore; ) {
      const page = unwrap(await this.sync.pull({ cursor: this.#cursor, scopeHash: this.#scopeHash, sinceN: 0 })) as PullResponse
      for (const { id, status } of page.outcomes) this.told.set(id, status)
      this.#cursor = page.cursor
      this.#scopeHash = page.scopeHash
      hasMore = page.hasMore
      unwrap(await this.journal.settle(page.lastN))
    }
  }

  async untilSent(): Promise<void> {
    await waitFor('everything to be sent', () => (this.sync.status().unsentCount === 0 ? true : undefined), { withinMs: 60_000 })
    await this.syncTurn()
  }

  /** After a restore nobody has a session any more: the person types the passphrase. */
  async signInAgain(): Promise<void> {
    unwrap(await this.sync.signIn(this.#place.passphrase))
    this.#cursor = null
    this.#scopeHash = null
    this.sync.now()
    await this.syncTurn()
  }

  async #register(http: HttpClient): Promise<SessionRecord> {
    const { email, passphrase, url } = this.#place
    const { publicKey } = deviceSignerOf(this.#key)
    const { refreshToken, colleague, firmName, lastN, leaseMs, wipeCommitment } = unwrap(
      await requestSession(http, { email, passphrase, deviceId: this.deviceId, deviceName: 'Drill', publicKey }),
    )
    return {
      email,
      serverUrl: url,
      deviceId: this.deviceId,
      refreshToken,
      colleague,
      firmName,
      registeredLastN: lastN,
      epoch: null,
      lastContactAtMs: Date.now(),
      lastUsedAtMs: Date.now(),
      knownTraceMs: 0,
      leaseMs,
      wipeCommitment,
      signInKind: 'passphrase',
      hasOwnPassphrase: false,
      recoveryKey: null,
    }
  }

  #log(): Log {
    return { info: () => undefined, warn: (event) => this.alarms.push(event), bug: (event, cause) => console.error(event, cause) }
  }
}

function unwrap<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`)
  return result.value
}
