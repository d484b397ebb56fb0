import { onTestFinished } from 'vitest'
import { ok } from '../../shared/lib/result.ts'
import type { FollowedPage } from '../../shared/sync/pull.ts'
import { BlobStore } from '../files/blob-store.ts'
import type { Log } from '../log/log.ts'
import { aJournalPath, journalKey, openJournal } from '../outbox/journal-fixture.ts'
import type { SessionRecord } from '../vault/session-record.ts'
import { HttpClient } from './http-client.ts'
import type { KeptHeads } from './kept-heads.ts'
import { aColleague, SmallServer, testDeviceId, testSigner, WIPE_TOKEN, wipeCommitmentOf } from './small-server.ts'
import type { SyncDeps } from './sync-deps.ts'
import { SyncEngine } from './sync-engine.ts'

export const silentLog: Log = { info: () => undefined, warn: () => undefined, bug: (event, cause) => console.error(event, cause) }

/** A device against a real HTTP server that can be broken; everything is put away when the test ends. */
export async function aDevice(
  options: { readonly server?: SmallServer; readonly path?: string; readonly heads?: KeptHeads; readonly awaiting?: SyncDeps['awaiting']; readonly log?: Log } = {},
) {
  const server = options.server ?? new SmallServer()
  const url = options.server ? server.url : await server.start()
  const path = options.path ?? (await aJournalPath())
  const journal = await openJournal(path, { nowMs: Date.now })
  const blobs = new BlobStore(`${path}.files`, journalKey)
  let record: SessionRecord = { ...aRecord, serverUrl: url, refreshToken: server.issueSession().refreshToken }
  const saves: string[] = [] // refresh tokens in the order in which they were stored
  const store = {
    deviceName: 'Laptop',
    signer: testSigner,
    read: () => record,
    save: async (change: Partial<SessionRecord>) => {
      record = { ...record, ...change }
      saves.push(record.refreshToken)
      return ok(undefined)
    },
  }
  const changes = { count: 0, behind: 0 }
  const pages: FollowedPage[] = []
  const revoked = { count: 0 }
  const onRevoked = () => {
    revoked.count += 1
  }
  const onChange = (isBehind: boolean) => {
    changes.count += 1
    if (isBehind) changes.behind += 1
  }
  const onPage = (page: FollowedPage) => void pages.push(page)
  const clocks = { nowMs: Date.now, monotonicMs: () => performance.now(), random: () => 0 }
  const given = { ...(options.heads ? { heads: options.heads } : {}), ...(options.awaiting ? { awaiting: options.awaiting } : {}) }
  const sync = new SyncEngine({ http: new HttpClient(url, fetch), store, journal, blobs, ...given, log: options.log ?? silentLog, onChange, onPage, onRevoked, ...clocks })
  onTestFinished(async () => {
    sync.stop()
    await journal.close()
    if (!options.server) await server.stop()
  })
  return { server, journal, blobs, sync, store, saves, changes, pages, revoked, path }
}

const aRecord: Omit<SessionRecord, 'serverUrl' | 'refreshToken'> = {
  email: aColleague.email,
  deviceId: testDeviceId,
  colleague: aColleague,
  firmName: 'Test firm',
  registeredLastN: 0,
  epoch: null,
  lastContactAtMs: 0,
  lastUsedAtMs: 0,
  knownTraceMs: 0,
  leaseMs: 72 * 3_600_000,
  wipeCommitment: wipeCommitmentOf(WIPE_TOKEN),
  signInKind: 'passphrase',
  hasOwnPassphrase: false,
  recoveryKey: null,
}
