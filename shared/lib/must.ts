/** The value, which the caller knows to be there; a missing one is a bug and throws. */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`must: ${what} is missing`)
  return value
}

/** Makes an unhandled member of a union a compile error, and a thrown error should one arrive all the same. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
