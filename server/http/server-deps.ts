import type { FastifyBaseLogger } from 'fastify'
import type { Signer } from '../../shared/sync/signing.ts'
import type { Caller } from '../auth/authenticate.ts'
import type { OidcProvider } from '../auth/oidc-provider.ts'
import type { Config } from '../config.ts'
import type { Db } from '../db/open-database.ts'
import type { ExecutorDeps } from '../sync/execute-batch.ts'
import type { Followers } from '../sync/followers.ts'
import type { HeadListener } from '../sync/head-listener.ts'
import type { Turns } from '../sync/turns.ts'

/** What routes work with; put together once in server.ts. */
export interface ServerDeps {
  readonly db: Db
  readonly config: Config
  readonly heads: HeadListener
  readonly followers: Followers
  readonly executor: ExecutorDeps
  /** Commands of pushes that are worked on side by side; absent = all at once. */
  readonly pushTurns?: Turns
  readonly signer?: Signer // the server's own key; absent in tests
  /** Whether the trail is another one than the witness file says; absent in tests. */
  readonly hasHistoryAlarm?: () => boolean
  readonly nowMs: () => number
  readonly log: FastifyBaseLogger
  /** The office's identity provider; null = none. */
  readonly oidc: OidcProvider | null
  /** As whom the program's own filters take a caller. Absent = as who they are; tests widen it to see that the policies of rows hold alone. */
  readonly filterAs?: (caller: Caller) => Caller
  /** True from the signal to stop until the end: the server answers, but wants no new work. */
  readonly isDraining: () => boolean
}
