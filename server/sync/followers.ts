import { PROTOCOL_VERSION, PULL_PAGE_ROWS } from '../../shared/sync/protocol.ts'
import type { FollowedPage, PullRequest, PullResponse } from '../../shared/sync/pull.ts'
import { hop } from '../../shared/testing/hop.ts'
import type { Db } from '../db/open-database.ts'
import { type Puller, pullChanges } from './pull.ts'

/** Rows in one page of a stream, which is not compressed; what is more, the device pulls. */
const MOST_ROWS = 20

/** Where a device's next pull would begin. */
type Position = Pick<PullRequest, 'scopeHash' | 'sinceN'> & { readonly cursor: number; readonly headSize: number }

/** One open stream that wants pages. */
export interface Follower {
  /** null = not known: the device has not pulled from this server since the stream was opened, or has to. */
  position: Position | null
}

/** Devices with an open stream of pages, and how far their pulls have come. Lost with the process: they then pull. */
export class Followers {
  readonly #byDevice = new Map<string, Follower>()

  /** A device has one; an older stream of it falls back to saying that something changed. */
  open(deviceId: string): Follower {
    const before = this.#byDevice.get(deviceId)
    if (before) before.position = null
    const follower: Follower = { position: null }
    this.#byDevice.set(deviceId, follower)
    return follower
  }

  close(deviceId: string, follower: Follower): void {
    if (this.#byDevice.get(deviceId) === follower) this.#byDevice.delete(deviceId)
  }

  /** Every pull says where the device is: whatever went wrong on a stream ends with the next one. */
  note(deviceId: string, answer: PullResponse): void {
    const follower = this.#byDevice.get(deviceId)
    if (follower) follower.position = positionAfter(answer)
  }
}

/** null = the device has to pull again anyway. */
function positionAfter({ cursor, scopeHash, lastN, head, hasMore, outcomes }: PullResponse): Position | null {
  return hasMore || outcomes.length >= PULL_PAGE_ROWS ? null : { cursor, scopeHash, sinceN: lastN, headSize: head.size }
}

export type Told = { readonly type: 'page'; readonly page: FollowedPage } | { readonly type: 'nothing' } | { readonly type: 'changed' }

/** What a pull of this device would bring, by the very same reading: rights, cursor and outcomes are those of this moment (L13). */
export async function readFollowed(db: Db, puller: Puller, follower: Follower, nowMs: number): Promise<Told> {
  const { position } = follower
  if (!position) return { type: 'changed' }
  const page = await pullChanges(db, puller, { protocol: PROTOCOL_VERSION, ...position }, nowMs, MOST_ROWS)
  hop('server.page.read')
  if (follower.position !== position) return readFollowed(db, puller, follower, nowMs) // it pulled meanwhile
  if (page.scope !== null) return { type: 'changed' }
  if (page.rows.length === 0 && page.outcomes.length === 0 && page.lastN === position.sinceN) return { type: 'nothing' }
  return { type: 'page', page: { from: position.cursor, sinceN: position.sinceN, headSize: position.headSize, page } }
}

/** The page was written: the device is where it leads. */
export function moveOn(follower: Follower, { page }: FollowedPage): void {
  follower.position = positionAfter(page)
}
