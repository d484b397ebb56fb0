import type { ReplicaDatabase, StoredPending } from '../../../renderer/db/replica-database.ts'
import { world } from '../world/globals.ts'

/** How long the product waits for a write, and somewhat more. */
const TOO_LATE_MS = 6_000

type Add = (stored: StoredPending) => Promise<void>

/** What a full disk was seen to do to IndexedDB. */
const ways: readonly ((add: Add, stored: StoredPending) => Promise<void>)[] = [
  () => Promise.reject(new Error('QuotaExceededError')),
  () => world.scheduler.sleep(200, 'database refuses').then(() => Promise.reject(new Error('QuotaExceededError'))),
  () => new Promise(() => undefined),
  (add, stored) => world.scheduler.sleep(TOO_LATE_MS, 'database takes it late').then(() => add(stored)),
]
const ONE_IN = 16

/** By the command's id, so that it is the same in each play. */
const wayOf = ({ id }: StoredPending) => ways[[...id].reduce((sum, digit) => sum + Number.parseInt(digit, 36) || sum, 0) % ONE_IN]

/** From now on this database takes three of four new commands only. */
export function refusing(db: ReplicaDatabase, count: (kind: string) => void): void {
  const add: Add = db.addPending.bind(db)
  db.addPending = (stored) => {
    const way = wayOf(stored)
    if (way) count('database refused')
    return way ? way(add, stored) : add(stored)
  }
}
