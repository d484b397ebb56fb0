import { cpus, loadavg, totalmem } from 'node:os'
import { type Figure, isMet } from './bench.ts'

/** Where and when the figures were made: they mean nothing without it. */
export const machineFacts = () => ({
  at: new Date().toISOString(),
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  load: loadavg().map((l) => Math.round(l * 100) / 100),
})

const rounded = (value: number): string => (Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3))))
const withUnit = (value: number, unit: Figure['unit']): string => `${rounded(value)}${unit === '/s' ? '/s' : unit && ` ${unit}`}`

function goalText({ goal, limit }: Figure): string {
  if (!goal) return ''
  const sign = 'most' in goal ? `≤ ${goal.most}` : `≥ ${goal.least}`
  return `goal ${sign}${limit ? ' ×' : ''}`
}

/** One line a figure: value, limit, ratio, goal. */
export function figureLines(figures: readonly Figure[]): readonly string[] {
  const cells = figures.map((f) => [
    f.what,
    withUnit(f.value, f.unit),
    f.limit ? `${f.limit.what}: ${withUnit(f.limit.value, f.unit)}` : '',
    f.limit ? `× ${rounded(f.value / f.limit.value)}` : '',
    goalText(f),
    { true: 'ok', false: 'MISSED', undefined: '' }[String(isMet(f)) as 'true'],
  ])
  const widths = [0, 1, 2, 3, 4].map((i) => Math.max(...cells.map((row) => (row[i] ?? '').length)))
  return cells.map((row) => `  ${row.map((cell, i) => (i === 1 || i === 3 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join('  ')}`.trimEnd())
}
