import type { RunReport } from './run-faults.ts'

/** What a kind of fault came to, over all its runs. */
export interface KindTotals {
  readonly kind: string
  readonly runs: number
  readonly broken: number // did not come to rest, or broke
  readonly incidents: number
  readonly acknowledged: number
  readonly refused: number
  readonly lost: number
  readonly doubled: number
  readonly missing: number
  readonly unsaid: number
}

const FIGURES = ['runs', 'broken', 'incidents', 'acknowledged', 'refused', 'lost', 'doubled', 'missing', 'unsaid'] as const

export function totalsOf(reports: readonly RunReport[]): readonly KindTotals[] {
  const kinds = [...new Set(reports.map((report) => report.kind))].sort()
  return [
    ...kinds.map((kind) =>
      sum(
        kind,
        reports.filter((report) => report.kind === kind),
      ),
    ),
    sum('all', reports),
  ]
}

function sum(kind: string, reports: readonly RunReport[]): KindTotals {
  const of = (figure: 'acknowledged' | 'refused' | 'lost' | 'doubled' | 'missing' | 'unsaid'): number =>
    reports.reduce((total, report) => total + (report.verdict?.[figure] ?? 0), 0)
  return {
    kind,
    runs: reports.length,
    broken: reports.filter((report) => report.verdict === null || report.hangs.length > 0).length,
    incidents: reports.reduce((total, report) => total + report.incidents, 0),
    acknowledged: of('acknowledged'),
    refused: of('refused'),
    lost: of('lost'),
    doubled: of('doubled'),
    missing: of('missing'),
    unsaid: of('unsaid'),
  }
}

export function printTable(totals: readonly KindTotals[]): void {
  console.log(`\n${'kind'.padEnd(22)}${FIGURES.map((figure) => figure.padStart(13)).join('')}`)
  for (const row of totals) console.log(`${row.kind.padEnd(22)}${FIGURES.map((figure) => String(row[figure]).padStart(13)).join('')}`)
}
