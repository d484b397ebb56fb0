import { expect, test } from 'vitest'
import type { RowChange } from '../../shared/commands/define-command.ts'
import { canonicalJson } from '../../shared/lib/canonical-json.ts'
import { entryRow } from '../../test/support/firm-rows.ts'
import { changesText } from './row-text.ts'

test('[H2] the text of changes is their canonical JSON', () => {
  const row = entryRow(1, 1, { note: 'a "b"\nü' })
  const changes: readonly RowChange[] = [
    { table: 'contactEntries', before: null, after: row },
    { table: 'contactEntries', before: row, after: { ...row, rev: 2, subject: 'other' } },
  ]
  expect(changesText(changes)).toBe(canonicalJson(changes))
  expect(changesText([])).toBe('[]')
})
