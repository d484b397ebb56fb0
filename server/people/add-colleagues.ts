import type { RowChange } from '../../shared/commands/define-command.ts'
import type { Colleague } from '../../shared/domain/colleague/colleague.ts'
import type { Team } from '../../shared/domain/team/team.ts'
import type { Signer } from '../../shared/sync/signing.ts'
import { addServerEntries } from '../audit/server-entry.ts'
import { hashPassphrase } from '../auth/passphrase.ts'
import type { Db } from '../db/open-database.ts'
import { withActor } from '../db/with-actor.ts'
import { moveHead, takeHead } from '../sync/head.ts'
import { writeChanges } from '../sync/write-changes.ts'

export interface NewColleague {
  readonly colleague: Colleague
  readonly passphrase: string
}

/** One hash for each passphrase: 40 people of a sample firm with the same one would take 10 seconds. */
async function hashAll(people: readonly NewColleague[]): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>()
  for (const { passphrase } of people) if (!hashes.has(passphrase)) hashes.set(passphrase, await hashPassphrase(passphrase))
  return hashes
}

/**
 * Adds people and teams. They are not made by commands, because nobody could give the first one; the change is in the
 * feed and in the trail all the same, under the name 'setup/colleagues'.
 * @param signer the server's key; null in tests
 */
export async function addColleagues(db: Db, people: readonly NewColleague[], teams: readonly Team[], nowMs: number, signer: Signer | null = null): Promise<void> {
  const hashes = await hashAll(people)
  const changes: RowChange[] = [
    ...people.map(({ colleague }) => ({ table: 'colleagues', before: null, after: { ...colleague, rev: 1 } }) as const),
    ...teams.map((team) => ({ table: 'teams', before: null, after: { ...team, rev: 1 } }) as const),
  ]
  await withActor(db, null, async (tx) => {
    const head = await takeHead(tx)
    const seq = await writeChanges(tx, changes, head.seq)
    await tx
      .insertInto('credential')
      .values(people.map(({ colleague, passphrase }) => ({ colleague_id: colleague.id, passphrase_hash: hashes.get(passphrase) ?? '' })))
      .execute()
    const after = await addServerEntries(tx, signer, head, [{ name: 'setup/colleagues', args: {}, changes }], nowMs)
    await moveHead(tx, head, { ...after, seq })
  })
}

/** Sets the firm's name, which every session carries. */
export async function nameFirm(db: Db, name: string): Promise<void> {
  await db
    .insertInto('firm')
    .values({ name })
    .onConflict((c) => c.column('singleton').doUpdateSet({ name }))
    .execute()
}
