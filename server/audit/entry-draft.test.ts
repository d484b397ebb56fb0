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
  const chained = chainDrafts(
    last,
    all.map(({ args, changes, seq: _, ...said }) => draftEntry({ ...said, args: canonicalJson(args), changes: canonicalJson(changes) })),
    41,
  )
  expect(chained.map(({ n, hash, prevHash }) => ({ n, hash, prev_hash: prevHash }))).toEqual(entries.map(({ n, hash, prev_hash }) => ({ n, hash, prev_hash })))
  const { args, changes, error, left_out, device_n, command_id, name, ...rest } = chained[2]?.columns ?? never()
  expect([args, changes, left_out].map((text) => JSON.parse(text))).toEqual([all[2]?.args, all[2]?.changes, all[2]?.left_out])
  expect({ error, device_n, command_id, name, actor_id: rest.actor_id }).toEqual({ error: 'null', device_n: '3', command_id: 'c3', name: 'contact/log', actor_id: 'null' })
  expect(chained.flatMap(({ columns }) => Object.values(columns)).filter((text) => text.includes('\n'))).toEqual([])
})

function never(): never {
  throw new Error('no entry')
}
