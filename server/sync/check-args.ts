const MAX_DEPTH = 12
// PostgreSQL stores neither a NUL character nor half of a surrogate pair.
const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed()

/** Deeper than any client nests; beyond it a walk through the body could run out of stack. */
const BODY_MAX_DEPTH = 64

/**
 * Whether a request's body can be worked on at all: not nested without end, and texts that the database can hold. Texts
 * in a command's arguments are judged with the command, so that it is refused alone (P4).
 */
export function isBodyFit(value: unknown, isInArgs = false, depth = 0): boolean {
  if (typeof value === 'string') return isInArgs || isStorable(value)
  if (typeof value !== 'object' || value === null) return true
  if (depth >= BODY_MAX_DEPTH) return false
  const members = value as Readonly<Record<string, unknown>>
  for (const key of Object.keys(value)) if (!isBodyFit(members[key], isInArgs || key === 'args', depth + 1)) return false
  return true
}

/** Whether arguments can be kept as they are: texts that the database can hold, not nested beyond reason. */
export function areArgsStorable(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return isStorable(value)
  if (typeof value !== 'object' || value === null) return true
  if (depth >= MAX_DEPTH) return false
  const members = value as Readonly<Record<string, unknown>>
  for (const key of Object.keys(value)) if (!isStorable(key) || !areArgsStorable(members[key], depth + 1)) return false
  return true
}
