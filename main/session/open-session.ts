import { join } from 'node:path'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { FollowedPage } from '../../shared/sync/pull.ts'
import { BlobStore } from '../files/blob-store.ts'
import { systemErrorCode } from '../lib/system-error.ts'
import type { Log } from '../log/log.ts'
import { type ReminderRecord, ReminderStore } from '../notifications/reminder-store.ts'
import { Reminders, type ShowReminder } from '../notifications/reminders.ts'
import { Journal } from '../outbox/journal.ts'
import type { SessionStore } from '../sync/access.ts'
import { deviceSignerOf } from '../sync/device-signer.ts'
import type { HttpClient } from '../sync/http-client.ts'
import { KeptHeads } from '../sync/kept-heads.ts'
import { SyncEngine } from '../sync/sync-engine.ts'
import type { Vault } from '../vault/vault.ts'
import { latestTrace } from './lease.ts'
import { LeaseWatch } from './lease-watch.ts'

export interface OpenSessionDeps {
  readonly http: HttpClient
  readonly log: Log
  readonly deviceName: string
  readonly onSyncChange: (isBehind: boolean) => void
  readonly onSyncPage: (page: FollowedPage) => void
  readonly showReminder: ShowReminder
  readonly onRevoked: () => void // the server has withdrawn this device
  readonly onLeaseOver: () => void
}

/** All that exists only while somebody has the app open. `close` leaves no key in memory. */
export interface OpenSession {
  readonly vault: Vault
  readonly journal: Journal
  readonly heads: KeptHeads
  readonly blobs: BlobStore
  readonly sync: SyncEngine
  readonly reminders: Reminders
  close(): Promise<void>
}

/**
 * @param remindedOf while the app was locked
 * Error: 'storage/write-failed', when the journal cannot be opened; the vault is then closed again.
 */
export async function openSession(vault: Vault, deps: OpenSessionDeps, remindedOf: ReminderRecord['shown']): Promise<Result<OpenSession, AppError>> {
  const { folder, keys } = vault
  const journal = await Journal.open({ path: join(folder, 'outbox.journal'), key: keys.journal, registeredLastN: vault.session.registeredLastN, nowMs: Date.now })
  if (!journal.ok) {
    await vault.close()
    return journal
  }
  if (journal.value.damage) deps.log.warn('journal.damaged', { guessedN: journal.value.damage.guessedN })
  const blobs = new BlobStore(join(folder, 'files'), keys.file)
  const reminders = new Reminders(new ReminderStore(join(folder, 'reminders.sealed'), keys.data), deps.showReminder, Date.now)
  await reminders.start(remindedOf)
  const store = storeOf(vault, deps)
  const heads = await KeptHeads.open({ path: join(folder, 'heads.sealed'), key: keys.data, nowMs: Date.now })
  const clocks = { nowMs: Date.now, monotonicMs: () => performance.now(), random: Math.random }
  const { onRevoked, onSyncChange: onChange, onSyncPage: onPage } = deps
  const sync = new SyncEngine({ http: deps.http, store, journal: journal.value, blobs, heads, log: deps.log, onChange, onPage, onRevoked, ...clocks })
  const lease = watchLease(vault, sync, deps.onLeaseOver)
  const close = () => closeAll({ vault, journal: journal.value, heads, sync, reminders }, lease, deps.log)
  return ok({ vault, journal: journal.value, heads, blobs, sync, reminders, close })
}

function watchLease(vault: Vault, sync: SyncEngine, onOver: () => void): LeaseWatch {
  const save = (lastUsedAtMs: number) => void vault.saveSession({ lastUsedAtMs }).catch(() => undefined) // on a full disk the older time stays
  const lastContactAtMs = () => sync.status().lastContactAtMs
  const watch = new LeaseWatch({ record: () => vault.session, nowMs: Date.now, monotonicMs: () => performance.now(), lastContactAtMs, save, onOver })
  watch.start()
  return watch
}

/** Never fails: whatever a disk does, the keys are overwritten. */
async function closeAll({ vault, journal, heads, sync, reminders }: Omit<OpenSession, 'blobs' | 'close'>, lease: LeaseWatch, log: Log): Promise<void> {
  lease.stop()
  sync.stop()
  reminders.stop()
  const lastContactAtMs = sync.status().lastContactAtMs ?? vault.session.lastContactAtMs
  await vault.saveSession({ lastContactAtMs, lastUsedAtMs: lease.usedAtMs() }).catch(() => undefined) // on a full disk the older times stay
  await journal.close().catch((error: unknown) => log.warn('session.close-failed', { reason: systemErrorCode(error) })) // each change is on the disk already
  await heads.close()
  await vault.close()
}

function storeOf(vault: Vault, { deviceName, log }: Pick<OpenSessionDeps, 'deviceName' | 'log'>): SessionStore {
  return {
    deviceName,
    signer: deviceSignerOf(vault.keys.device),
    read: () => vault.session,
    isOtherRecoveryKeyOffered: () => vault.isOtherRecoveryKeyOffered,
    async takeRecoveryKey(publicKey) {
      const taken = await vault.takeRecoveryKey(publicKey).catch((error: unknown) => systemErrorCode(error))
      if (taken !== 'sealed') log.warn('recovery.not-sealed', { reason: taken })
    },
    async save(change) {
      try {
        await vault.saveSession(change.lastContactAtMs === undefined ? change : { ...change, knownTraceMs: latestTrace() })
        return ok(undefined)
      } catch (error) {
        return err(appError('storage/write-failed', { reason: systemErrorCode(error) }))
      }
    },
  }
}
