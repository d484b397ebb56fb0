import type { Signer } from '../../shared/sync/signing.ts'
import type { Db } from '../db/open-database.ts'
import { withActor } from '../db/with-actor.ts'
import { moveHead, takeHead } from '../sync/head.ts'
import { addServerEntries } from './server-entry.ts'

/**
 * At each start: says in the trail that another epoch has begun, so that heads which were seen before a restore are known
 * to belong to another history (K3). @returns whether there was something to say
 */
export function announceEpoch(db: Db, signer: Signer, nowMs: number): Promise<boolean> {
  return withActor(db, null, async (tx) => {
    const head = await takeHead(tx)
    const { epoch, announced_epoch: previous } = await tx.selectFrom('head').select(['epoch', 'announced_epoch']).executeTakeFirstOrThrow()
    if (epoch === previous) return false
    await moveHead(tx, head, await addServerEntries(tx, signer, head, [{ name: 'server/epoch', args: { epoch, previous }, changes: [] }], nowMs))
    await tx.updateTable('head').set({ announced_epoch: epoch }).execute()
    return true
  })
}
