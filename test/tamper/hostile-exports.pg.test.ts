import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ExportRecord } from '../../server/audit/proof/export-format.ts'
import { linesOf } from '../../server/audit/proof/export-lines.ts'
import { ExportProof, type Verdict } from '../../server/audit/proof/verify-export.ts'
import { must } from '../../shared/lib/must.ts'
import { logArgs } from '../support/firm-rows.ts'
import { type HonestFirm, isSignedByOnce, makeHonestFirm } from './honest-firm.ts'

let firm: HonestFirm
let records: readonly ExportRecord[]
beforeAll(async () => {
  firm = await makeHonestFirm(0.02)
  const { colleague_id: author, household_id: household } = await firm.host.db
    .selectFrom('coverages')
    .select(['colleague_id', 'household_id'])
    .where('to_on', 'is', null)
    .where('role', '=', 'lead')
    .executeTakeFirstOrThrow()
  const args = { ...logArgs(900, 1), householdId: household, personIds: [], colleagueIds: [author], followUps: [], note: 'pasted\u2028from a slide\u2029' }
  expect(await firm.host.push(await firm.device(author), [{ name: 'contact/log', args }])).toMatchObject([{ status: 'applied' }])
  records = await firm.records()
}, 120_000)
afterAll(() => firm.close())

/** Writes the lines to a file and proves that, as the command does. */
async function prove(lines: readonly string[]): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-export-'))
  try {
    const path = join(folder, 'trail.jsonl')
    writeFileSync(path, lines.join('\n'))
    const proof = new ExportProof({ isSignedBy: isSignedByOnce })
    for await (const line of linesOf(path)) proof.takeLine(line)
    return proof.finish()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const honest = () => records.map((record) => JSON.stringify(record))

test('[K4] a note with a line separator of Unicode is no break in the export', async () => {
  expect((await prove([...honest(), ''])).findings).toEqual([])
})

const AT = 40 // number of the entry that is attacked, and its line
const hostile: readonly (readonly [string, (line: string) => string])[] = [
  ['names a field twice', (line) => line.replace('"outcome":', '"outcome":"refused","outcome":')],
  ['has a number that no double holds', (line) => line.replace(/"received_at_ms":(\d+)/, '"received_at_ms":$1.0000000000000000001')],
  ['has an endless number', (line) => line.replace(/"seq":\d+/, '"seq":1e999')],
  ['is cut off', (line) => line.slice(0, -9)],
  ['has no rows', (line) => line.replace(/"changes":\[.*?\],"made/, '"made')],
  ['has rows that are null', (line) => line.replace(/"changes":\[/, '"changes":[null,')],
  ['is null', () => 'null'],
  ['is a list', () => '[]'],
  ['is of no kind', () => '{"kind":"entri","entry":{}}'],
  ['has nothing in it', () => '{"kind":"entry"}'],
  ['is empty', () => ''],
  ['has white space', (line) => line.replace('{', '{ ')],
  ['is nested without end', () => `{"kind":"entry","entry":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
]

test.each(hostile)('[K4] a line that %s is named as the first that does not hold', async (_what, forge) => {
  const lines = honest()
  lines[AT] = forge(must(lines[AT], 'line'))
  const { findings } = await prove(lines)
  expect(findings[0]).toMatchObject({ n: AT })
})

test('[K4] the first bad entry is named, however many are bad behind it', async () => {
  const changed = records.map((record) => {
    if (record.kind === 'entry' && record.entry.n > 100) return { ...record, entry: { ...record.entry, hash: 'f'.repeat(64) } }
    return record.kind === 'row' && record.table === 'teams' ? { ...record, row: { ...record.row, name: 'Another' } } : record
  })
  const firstTeams = records.flatMap((r) => (r.kind === 'entry' && r.entry.changes.some(({ table }) => table === 'teams') ? [r.entry.n] : []))
  expect((await prove(changed.map((r) => JSON.stringify(r)))).findings[0]).toMatchObject({ problem: 'row-edited', n: Math.min(...firstTeams) })
})

test('[K4] an export without anything holds nothing', async () => {
  expect((await prove([])).findings).toMatchObject([{ problem: 'bad-export' }])
})

const ofKind = (kind: string) => records.findLastIndex((record) => record.kind === kind)
type Forged = readonly (readonly [string, () => ExportRecord[]])[]
const forged: Forged = [
  ['has a record twice, and counts it', () => twice(ofKind('row'))],
  ['has a device twice, and counts it', () => twice(ofKind('device'))],
  ['says more of its head', () => records.map((r) => (r.kind === 'head' ? { ...r, head: { ...r.head, note: 'checked' } } : r))],
  ...(['head', 'entry', 'device', 'log', 'row', 'end'] as const).map(
    (kind) => [`says more beside its ${kind}`, () => records.with(ofKind(kind), Object.assign({}, must(records[ofKind(kind)], kind), { note: 'checked' }))] as const,
  ),
]

/** The end counts what is there. */
function twice(at: number): ExportRecord[] {
  const { kind } = must(records[at], 'record')
  return records.toSpliced(at, 0, must(records[at], 'record')).map((r) => (r.kind === 'end' ? { ...r, counts: { ...r.counts, [kind]: r.counts[kind as 'row'] + 1 } } : r))
}

test.each(forged)('[K4] an export that %s does not hold', async (_what, make) => {
  expect((await prove(make().map((record) => JSON.stringify(record)))).findings).not.toEqual([])
})
