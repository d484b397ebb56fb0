import { expect, test } from 'vitest'
import { canonicalJson } from '../../shared/lib/canonical-json.ts'
import { type AuditFacts, chainEntries } from './audit-chain.ts'
import { chainDrafts, draftEntry } from './entry-draft.ts'

const facts = (n: number, more: Partial<AuditFacts> = {}): AuditFacts => ({
  command_id: `c${n}`,
  device_id: 'd',
  actor_id: 'a',
  name: 'contact/log',
  version: 1,
  args: { z: 'ü "quoted" \n', a: [1, { c: null, b: 'x' }] },
  changes: [{ table: 'contactEntries', before: null, after: { id: `e${n}`, note: '{"n":7,"seq":1}' } }],
  made_at_ms: 5,
  received_at_ms: 6,
  outcome: 'applied',
  error: null,
  device_n: n,
  args_hash: 'h',
  signature: 's',
  device_hash: 'dh',
  seq: 41,
  left_out: null,
  ...more,
})
const last = { n: 16, hash: 'f'.repeat(64) }

test('[H2] entries drafted ahead are those that are chained at once, text and hash', () => {
  const all = [
    facts(1),
    facts(2, { outcome: 'refused', error: { code: 'access/not-found', params: {} }, changes: [], args: null }),
    facts(3, { actor_id: null, left_out: { count: 2, digest: 'x' } as never, device_hash: null }),
    facts(4, { args_hash: null, signature: null, device_n: null }),
  ]
  const entries = chainEntries(last, all)
  const { texts, n, hash } = chainDrafts(
    last,
    all.map(({ args, seq: _, ...said }) => draftEntry({ ...said, args: canonicalJson(args) })),
    41,
  )
  const later = ['left_out', 'device_hash', 'args_hash', 'signature', 'device_n']
  const withoutNulls = (entry: object) => Object.fromEntries(Object.entries(entry).filter(([key, value]) => value !== null || !later.includes(key)))
  expect(texts.map((text) => JSON.parse(text))).toEqual(entries.map(withoutNulls))
  expect({ n, hash }).toEqual({ n: 20, hash: entries.at(-1)?.hash })
})
