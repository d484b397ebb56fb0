import { BlobStore } from '../../../main/files/blob-store.ts'
import { forgetWritesBelow } from '../../../main/lib/atomic-write.ts'
import type { Log } from '../../../main/log/log.ts'
import { Journal } from '../../../main/outbox/journal.ts'
import { deviceSignerOf } from '../../../main/sync/device-signer.ts'
import { HttpClient } from '../../../main/sync/http-client.ts'
import { KeptHeads } from '../../../main/sync/kept-heads.ts'
import { SyncEngine } from '../../../main/sync/sync-engine.ts'
import { colleagueRow } from '../../support/firm-rows.ts'
import { emailOf, type PersonName, people, roleOf } from '../server/sim-firm.ts'
import { deviceSeed } from '../server/sim-server.ts'
import { SIM_ROOT } from '../world/disk.ts'
import type { Network } from '../world/network.ts'
import type { Process } from '../world/scheduler.ts'
import { SimSessionStore } from './sim-session-store.ts'

const SERVER_URL = 'https://rapport.example'

export interface OpenMain {
  readonly process: Process
  readonly journal: Journal
  readonly sync: SyncEngine
  readonly store: SimSessionStore
  readonly heads: KeptHeads
}

export interface LaptopKeys {
  readonly data: Uint8Array
  readonly index: Uint8Array
  readonly journal: Uint8Array
  readonly file: Uint8Array
}

/** What a laptop's main process is made of, besides its disk. */
export interface MainParts {
  readonly n: number // of the laptop
  readonly person: PersonName
  readonly deviceId: string
  readonly firstToken: string
  readonly keys: LaptopKeys
  readonly network: Network
  readonly process: Process
  readonly problem: (text: string) => void
  readonly onChange: (isBehind: boolean) => void
  readonly onPage: NonNullable<ConstructorParameters<typeof SyncEngine>[0]['onPage']>
}

/** The main process as main/ puts it together. null = the journal did not open. */
export async function openMain(parts: MainParts): Promise<OpenMain | null> {
  const { n, process, keys } = parts
  const folder = `${SIM_ROOT}c${n}`
  forgetWritesBelow(`${folder}/`)
  const store = await SimSessionStore.open(`${folder}/session.json`, firstSession(parts), deviceSignerOf(deviceSeed(n)))
  const opened = await Journal.open({ path: `${folder}/outbox.journal`, key: keys.journal, registeredLastN: store.read().registeredLastN, nowMs: Date.now })
  if (!opened.ok) return null
  const journal = opened.value
  if (journal.damage) parts.problem(`journal of ${n} was found damaged`)
  const heads = await KeptHeads.open({ path: `${folder}/heads`, key: keys.file, nowMs: Date.now })
  const sync = new SyncEngine({
    http: new HttpClient(SERVER_URL, parts.network.fetchOf(n, process)),
    store,
    journal,
    heads,
    blobs: new BlobStore(`${folder}/files`, keys.file),
    log: logOf(parts),
    onChange: parts.onChange,
    onPage: parts.onPage,
    onRevoked: () => undefined,
    nowMs: Date.now,
    monotonicMs: () => performance.now(),
    random: Math.random,
    awaiting: { forMs: 15_000, everyMs: 2_000 }, // real ones: 14 days, a minute; a seed ends sooner
  })
  return { process, journal, sync, store, heads }
}

const firstSession = ({ person, deviceId, firstToken }: MainParts): Parameters<typeof SimSessionStore.open>[1] => ({
  email: emailOf(person),
  serverUrl: SERVER_URL,
  deviceId,
  refreshToken: firstToken,
  colleague: colleagueRow(people[person], roleOf(person), person),
  firmName: 'Firm',
  registeredLastN: 0,
  epoch: null,
  lastContactAtMs: Date.now(),
  lastUsedAtMs: Date.now(),
  knownTraceMs: 0,
  leaseMs: 14 * 86_400_000,
  wipeCommitment: null,
  signInKind: 'passphrase',
  hasOwnPassphrase: false,
  recoveryKey: null,
})

const logOf = ({ n, problem }: MainParts): Log => ({
  info: () => undefined,
  warn: () => undefined,
  bug: (event, cause) => problem(`client ${n}: ${event} ${cause instanceof Error ? cause.stack : String(cause)}`),
})
