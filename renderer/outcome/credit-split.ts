/** One person's part of an outcome; 10,000 basis points are the whole. */
export interface CreditShare {
  readonly colleagueId: string
  readonly shareBp: number
}

const WHOLE_BP = 10_000

/** Equal shares in whole per cent; what does not divide goes to the first. */
export function evenSplit(colleagueIds: readonly string[]): readonly CreditShare[] {
  const each = Math.floor(WHOLE_BP / Math.max(1, colleagueIds.length) / 100) * 100
  return colleagueIds.map((colleagueId, index) => ({ colleagueId, shareBp: index === 0 ? WHOLE_BP - each * (colleagueIds.length - 1) : each }))
}

export const splitSumBp = (split: readonly CreditShare[]): number => split.reduce((sum, share) => sum + share.shareBp, 0)

/** Adds a person (or takes them out), sharing evenly anew; the last one stays. */
export function toggleShare(split: readonly CreditShare[], colleagueId: string): readonly CreditShare[] {
  const ids = split.map((s) => s.colleagueId)
  if (!ids.includes(colleagueId)) return evenSplit([...ids, colleagueId])
  return ids.length === 1 ? split : evenSplit(ids.filter((id) => id !== colleagueId))
}

/** Sets one share; with two people the other one takes the rest. */
export function setShare(split: readonly CreditShare[], colleagueId: string, shareBp: number): readonly CreditShare[] {
  const share = Math.min(WHOLE_BP, Math.max(0, Math.round(shareBp)))
  return split.map((s) => {
    if (s.colleagueId === colleagueId) return { ...s, shareBp: share }
    return split.length === 2 ? { ...s, shareBp: WHOLE_BP - share } : s
  })
}
