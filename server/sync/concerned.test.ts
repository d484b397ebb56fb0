import { expect, test } from 'vitest'
import type { RowOf } from '../../shared/domain/tables.ts'
import { coverageRow, entryRow, followUpRow, householdRow, personRow } from '../../test/support/firm-rows.ts'
import { idOf } from '../../test/support/test-id.ts'
import { concernedBy, headMessage, isKeptFromSome, parseHeadMessage } from './concerned.ts'

const household = (n: number): string => idOf('household', n)
const entry = (n: number, householdN: number) => ({ table: 'contactEntries', before: null, after: entryRow(n, householdN) }) as const

test('[L9] a commit concerns the households of its rows, as they were and as they are', () => {
  expect(concernedBy([entry(1, 1), entry(2, 2), entry(3, 1)])).toEqual(new Set([household(1), household(2)]))
  expect(concernedBy([{ table: 'persons', before: personRow(1, [1, 2]), after: personRow(1, [2, 3]) }])).toEqual(new Set([household(1), household(2), household(3)]))
  expect(concernedBy([{ table: 'households', before: null, after: householdRow(4) }])).toEqual(new Set([household(4)]))
})

test('[L9] what moves the scope of people concerns everyone, and so does more than a message holds', () => {
  expect(concernedBy([entry(1, 1), { table: 'coverages', before: null, after: coverageRow(1, 1, idOf('colleague', 1)) }])).toBe('everyone')
  const many = concernedBy(Array.from({ length: 151 }, (_, n) => entry(n, n)))
  expect(many).toBe('everyone')
  const most = headMessage(2 ** 53, concernedBy(Array.from({ length: 150 }, (_, n) => entry(n, n))))
  expect(most.length).toBeLessThan(8_000)
})

test('[L9] a household in which only what is kept from some was changed is not named: everyone is woken', () => {
  const secret = { table: 'contactEntries', before: null, after: entryRow(1, 1, { isConfidential: true }) } as const
  const opened = { ...secret, before: secret.after, after: entryRow(1, 1) } as const
  const part = { table: 'followUps', before: null, after: followUpRow(1, 1, { entryId: secret.after.id }) } as const
  const of = (after: RowOf<'contactEntries'>) => (id: string) => (id === after.id ? after : undefined)
  expect([secret, opened, part].map((change) => isKeptFromSome(change, of(secret.after)))).toEqual([true, false, true])
  expect(isKeptFromSome(part, of(opened.after))).toBe(false)
  expect(isKeptFromSome({ table: 'followUps', before: null, after: followUpRow(2, 1) }, of(secret.after))).toBe(false)
  expect(concernedBy([secret, part], new Set([secret, part]))).toBe('everyone')
  expect(concernedBy([secret, entry(2, 2)], new Set([secret]))).toBe('everyone')
  expect(concernedBy([secret, entry(2, 1)], new Set([secret]))).toEqual(new Set([household(1)]))
})

test('a message comes back as it was told', () => {
  for (const concerned of ['everyone', new Set([household(1)]), new Set([household(1), household(2)])] as const)
    expect(parseHeadMessage(headMessage(17, concerned))).toEqual({ seq: 17, concerned })
})
