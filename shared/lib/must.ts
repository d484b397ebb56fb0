/** The value, which the caller knows to be there; a missing one is a bug and throws. */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`must: ${what} is missing`)
  return value
}
