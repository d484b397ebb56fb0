/** A readable id that passes as a UUID: `idOf('claim', 1)` is the same in every test. */
export function idOf(kind: string, n: number): string {
  const head = [...kind].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 0xffffffff, 7)
  return `${head.toString(16).padStart(8, '0')}-0000-7000-8000-${String(n).padStart(12, '0')}`
}
