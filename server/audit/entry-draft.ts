import { type RawBuilder, sql } from 'kysely'
import { canonicalJson } from '../../shared/lib/canonical-json.ts'
import type { Statement } from '../db/together.ts'
import type { AuditFacts } from './audit-chain.ts'
import { sha256Hex } from './ed25519.ts'
import { LATER } from './entry-hash.ts'

/** An entry but for what only the head tells. A column's text is as the database reads it; it has no line break, and 'null' stands for none. */
export interface EntryDraft {
  readonly said: readonly [string, string, string, string] // what is hashed, around `n`, `prev_hash` and `seq`, in this order
  readonly columns: Readonly<Record<Drafted, string>>
}

/** @property args as canonical JSON, since its hash was taken of the same text; changes too */
export type DraftFacts = Omit<AuditFacts, 'seq' | 'args' | 'changes'> & { readonly args: string; readonly changes: string }

const PLACES: readonly string[] = ['n', 'prev_hash', 'seq']

/** Columns that come from the command, with their types. */
const DRAFTED = {
  command_id: 'uuid',
  device_id: 'uuid',
  actor_id: 'uuid',
  name: 'text',
  version: 'integer',
  args: 'jsonb',
  changes: 'jsonb',
  made_at_ms: 'bigint',
  received_at_ms: 'bigint',
  outcome: 'text',
  error: 'jsonb',
  device_n: 'bigint',
  args_hash: 'text',
  signature: 'text',
  device_hash: 'text',
  left_out: 'jsonb',
} as const
type Drafted = keyof typeof DRAFTED
const drafted = Object.keys(DRAFTED) as readonly Drafted[]
const inOrder = [...drafted, ...PLACES].sort()

/** Everything of an entry that can be made before the head is taken, where nobody waits for it. */
export function draftEntry(facts: DraftFacts): EntryDraft {
  const pieces: string[] = []
  const columns: Partial<Record<string, string>> = {}
  let text = '{'
  let isFirst = true
  for (const key of inOrder) {
    const value = key in DRAFTED ? facts[key as Drafted] : null
    const isPlace = PLACES.includes(key)
    if (!isPlace) columns[key] = textOf(key as Drafted, value)
    if (value === null && !isPlace && LATER.includes(key)) continue
    text += `${isFirst ? '' : ','}"${key}":`
    isFirst = false
    if (!isPlace) text += isJson(key as Drafted) ? columns[key] : canonicalJson(value)
    else {
      pieces.push(text)
      text = ''
    }
  }
  return { said: [...pieces, `${text}}`] as unknown as EntryDraft['said'], columns: columns as EntryDraft['columns'] }
}

const isJson = (key: Drafted): boolean => DRAFTED[key] === 'jsonb'

function textOf(key: Drafted, value: unknown): string {
  if (key === 'args' || key === 'changes') return value as string
  return isJson(key) ? canonicalJson(value) : String(value)
}

/** An entry that has its place, with what the head told. */
export interface ChainedEntry extends Pick<EntryDraft, 'columns'> {
  readonly n: number
  readonly prevHash: string
  readonly hash: string
}

/** Puts drafts behind the last entry, each chained to the one before (H2). */
export function chainDrafts(last: { readonly n: number; readonly hash: string }, drafts: readonly EntryDraft[], seq: number): readonly ChainedEntry[] {
  let { n, hash: prevHash } = last
  return drafts.map(({ said: [toN, toPrevHash, toSeq, rest], columns }) => {
    n += 1
    const entry = { columns, n, prevHash, hash: sha256Hex(`${toN}${n}${toPrevHash}"${prevHash}"${toSeq}${seq}${rest}`) }
    prevHash = entry.hash
    return entry
  })
}

const lines = (texts: readonly (string | number)[]): RawBuilder<unknown> => sql`string_to_table(${texts.join('\n')}, E'\n', 'null')`

/**
 * Writes entries in one statement. Each column travels as one text of lines: as JSON of whole entries what they say was parsed twice. Only a
 * command's name may have a line break in it, or be 'null'.
 */
export function entriesWritten(entries: readonly ChainedEntry[], seq: number): Statement<unknown> {
  const column = (name: Drafted): RawBuilder<unknown> => {
    const texts = entries.map(({ columns }) => columns[name])
    return name === 'name' ? sql`unnest(${texts}::text[])` : lines(texts)
  }
  const own = [lines(entries.map(({ n }) => n)), lines(entries.map(({ prevHash }) => prevHash)), lines(entries.map(({ hash }) => hash))]
  const names = ['n', 'prev_hash', 'hash', ...drafted].join(', ')
  const cast = ['n::bigint', 'prev_hash', 'hash', ...drafted.map((name) => `${name}::${DRAFTED[name]}`)].join(', ')
  return sql`INSERT INTO audit (${sql.raw(names)}, seq) SELECT ${sql.raw(cast)}, ${seq}::bigint FROM ROWS FROM (${sql.join([...own, ...drafted.map(column)])}) AS e(${sql.raw(names)})`
}
