import { NO_HASH } from '../../shared/sync/signing.ts'
import type { Db } from '../db/open-database.ts'
import { auditHash } from './entry-hash.ts'

export interface ChainFinding {
  readonly n: number // the first entry that does not hold
  readonly problem: 'missing' | 'changed' | 'not-chained' | 'head-differs'
}

const PAGE = 1_000

/**
 * Walks the whole trail and checks each entry's number, hash and link, and the head at its end (H2). null = it holds.
 * Someone who can rewrite everything can rewrite the chain too: compare the head's hash with one kept elsewhere.
 */
export async function verifyChain(db: Db): Promise<ChainFinding | null> {
  let last = { n: 0, hash: NO_HASH }
  for (;;) {
    const page = await db.selectFrom('audit').selectAll().where('n', '>', last.n).orderBy('n').limit(PAGE).execute()
    for (const { hash, ...entry } of page) {
      if (entry.n !== last.n + 1) return { n: last.n + 1, problem: 'missing' }
      if (entry.prev_hash !== last.hash) return { n: entry.n, problem: 'not-chained' }
      if (auditHash(entry) !== hash) return { n: entry.n, problem: 'changed' }
      last = { n: entry.n, hash }
    }
    if (page.length < PAGE) break
  }
  const head = await db.selectFrom('head').select(['audit_n', 'audit_hash']).executeTakeFirstOrThrow()
  return head.audit_n === last.n && head.audit_hash === last.hash ? null : { n: last.n, problem: 'head-differs' }
}
