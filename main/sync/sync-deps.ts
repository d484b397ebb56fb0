import type { FollowedPage } from '../../shared/sync/pull.ts'
import type { BlobStore } from '../files/blob-store.ts'
import type { Log } from '../log/log.ts'
import type { Journal } from '../outbox/journal.ts'
import type { SessionStore } from './access.ts'
import type { HttpClient } from './http-client.ts'
import type { KeptHeads } from './kept-heads.ts'

export interface SyncDeps {
  readonly http: HttpClient
  readonly store: SessionStore
  readonly journal: Journal
  readonly blobs: BlobStore
  readonly heads?: KeptHeads // absent in tests that look at something else
  readonly log: Log
  readonly nowMs: () => number
  readonly monotonicMs: () => number
  readonly random: () => number
  /** Status, outbox or head moved. `isBehind`: there may be something to pull; false while the server sends what would be pulled. */
  readonly onChange: (isBehind: boolean) => void
  readonly onPage?: (page: FollowedPage) => void // rows that the server sent by itself
  readonly onRevoked: () => void // the server has withdrawn this device
  readonly awaiting?: { readonly forMs: number; readonly everyMs: number } // absent = 14 days, looked at each minute; shorter where time is not real
}
