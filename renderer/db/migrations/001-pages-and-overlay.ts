import type { Migration } from './index.ts'

/**
 * `pages`: up to 500 pulled rows sealed as one body; 20 times faster to pull than row by row.
 * `rows`: single rows that changed since; `pending`: commands that are not settled; `meta`: where the replica stands.
 */
export const pagesAndOverlay: Migration = {
  version: 1,
  register: (db) => db.version(1).stores({ pages: 'n, *scopes', rows: 'k, n, *scopes', pending: 'id, n', meta: 'k' }),
}
