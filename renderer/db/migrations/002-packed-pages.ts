import type { Migration } from './index.ts'

/**
 * Pages keep their bodies deflated, as the server packed them, and are opened in parts. Older ones are dropped: their
 * head says how many there were, so the replica counts as incomplete and is fetched anew.
 */
export const packedPages: Migration = {
  version: 2,
  register: (db) =>
    db
      .version(2)
      .stores({ pages: 'n, part, *scopes' })
      .upgrade((tx) => tx.table('pages').clear()),
}
