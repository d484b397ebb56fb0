import { sql } from 'kysely'
import { canonicalJson } from '../../shared/lib/canonical-json.ts'
import type { Statement } from '../db/together.ts'
import type { AuditFacts } from './audit-chain.ts'
import { sha256Hex } from './ed25519.ts'
import { LATER } from './entry-hash.ts'

/** What an entry says, as text around what only the head tells: `n`, `prev_hash` and `seq`, in this order. */
export type EntryDraft = readonly [string, string, string, string]

/** @property args as canonical JSON, since its hash was taken of the same text */
export type DraftFacts = Omit<AuditFacts, 'seq' | 'args'> & { readonly args: string }

const PLACES = ['n', 'prev_hash', 'seq']

/** Everything of an entry that can be made before the head is taken, where nobody waits for it. */
export function draftEntry(facts: DraftFacts): EntryDraft {
  const said: Record<string, unknown> = { ...facts, n: null, prev_hash: null, seq: null }
  const pieces: string[] = []
  let text = '{'
  let isFirst = true
  for (const key of Object.keys(said).sort()) {
    if (said[key] === null && !PLACES.includes(key) && LATER.includes(key)) continue
    text += `${isFirst ? '' : ','}"${key}":`
    isFirst = false
    if (key === 'args') text += facts.args
    else if (!PLACES.includes(key)) text += canonicalJson(said[key])
    else {
      pieces.push(text)
      text = ''
    }
  }
  return [...pieces, `${text}}`] as unknown as EntryDraft
}

export interface ChainedTexts {
  readonly texts: readonly string[] // each entry as a JSON object, its hash included
  readonly n: number
  readonly hash: string // of the last one
}

/** Puts drafts behind the last entry, each chained to the one before (H2). */
export function chainDrafts(last: { readonly n: number; readonly hash: string }, drafts: readonly EntryDraft[], seq: number): ChainedTexts {
  let { n, hash } = last
  const texts = drafts.map(([toN, toPrevHash, toSeq, rest]) => {
    n += 1
    const said = `${toN}${n}${toPrevHash}"${hash}"${toSeq}${seq}${rest}`
    hash = sha256Hex(said)
    return `${said.slice(0, -1)},"hash":"${hash}"}`
  })
  return { texts, n, hash }
}

/** Writes entries in one statement. */
export const entriesWritten = (texts: readonly string[]): Statement<unknown> =>
  sql`INSERT INTO audit SELECT * FROM jsonb_populate_recordset(null::audit, ${`[${texts.join(',')}]`}::jsonb)`
