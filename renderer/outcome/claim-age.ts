const DAY_MS = 86_400_000

/** Days since the case was opened: 0–30, 31–60, 61–90, above. */
export type AgeBand = '0-30' | '31-60' | '61-90' | '90+'
export const ageBands: readonly AgeBand[] = ['0-30', '31-60', '61-90', '90+']

/** Whole days for which a claim has waited; 0 where this laptop's clock is behind. */
export const ageDaysOf = (openedAtMs: number, nowMs: number): number => Math.max(0, Math.floor((nowMs - openedAtMs) / DAY_MS))

export function ageBandOf(ageDays: number): AgeBand {
  if (ageDays <= 30) return '0-30'
  if (ageDays <= 60) return '31-60'
  return ageDays <= 90 ? '61-90' : '90+'
}
