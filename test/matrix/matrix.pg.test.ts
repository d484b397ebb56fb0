/** Goal: with both policies in force, and with either one alone, nobody sees or changes what the table does not give them. */
import { expect, test } from 'vitest'
import type { Layer } from '../support/http-host.ts'
import { runMatrix } from './run-matrix.ts'

/** Rows hidden by the table that were shown, and commands that took effect or whose answer told the hidden from the absent. */
const leaksOf = (cells: Awaited<ReturnType<typeof runMatrix>>['cells']) => cells.filter((c) => c.expected !== c.found && !(c.expected === 'shown' && c.found === 'hidden'))

test.each(['both', 'rows alone', 'filter alone'] satisfies Layer[])(
  '[R2] [R3] every cell holds: %s',
  async (layer) => {
    const { cells, written } = await runMatrix(layer)
    const scopeIsWide = layer === 'rows alone' // the word for the access is the filter's
    const leaks = leaksOf(cells).filter((c) => !(scopeIsWide && c.name.includes('× scope ×') && c.expected !== 'none'))
    const missing = cells.filter((c) => c.expected === 'shown' && c.found === 'hidden')
    console.log(`${layer}: cells ${cells.length}, leaks ${leaks.length}, missing ${missing.length}`)
    expect(cells.length).toBeGreaterThan(1_000)
    expect(leaks.map((c) => `${c.name}: ${c.found}`)).toEqual([])
    if (!scopeIsWide) expect(missing.map((c) => c.name)).toEqual([]) // a filter that takes everyone for compliance leaves out what compliance has otherwise
    expect(written).toBe(0)
  },
  120_000,
)

test.each([
  [
    'policies of rows that let households and the feed through',
    'rows alone',
    'DO $$ BEGIN ALTER POLICY feed_select ON feed USING (true); ALTER POLICY households_select ON households USING (true); END $$',
  ],
  [
    'a policy that forgets who may read a confidential entry',
    'rows alone',
    `ALTER POLICY contact_entries_select ON contact_entries USING (rls_access('contact_entries') = 'all' OR household_id IN (SELECT rls_households()))`,
  ],
  ['a coverage that the policy did not expect', 'both', `UPDATE coverages SET to_on = NULL WHERE to_on IS NOT NULL`],
] as const)(
  'the matrix finds %s',
  async (_what, layer, sabotage) => {
    const { cells } = await runMatrix(layer, sabotage)
    const leaks = leaksOf(cells).filter((c) => !c.name.includes('× scope ×'))
    console.log(`planted, ${layer}: cells ${cells.length}, leaks ${leaks.length}`)
    expect(leaks.length).toBeGreaterThan(0)
  },
  60_000,
)
