const MAX_DEPTH = 12
// PostgreSQL stores neither a NUL character nor half of a surrogate pair.
const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed()

/** Whether arguments can be kept as they are: texts that the database can hold, not nested beyond reason. */
export function areArgsStorable(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return isStorable(value)
  if (typeof value !== 'object' || value === null) return true
  if (depth >= MAX_DEPTH) return false
  return Object.entries(value).every(([key, member]) => isStorable(key) && areArgsStorable(member, depth + 1))
}
