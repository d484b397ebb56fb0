/**
 * JSON with object keys in code-unit order and no white space, so that equal values give equal bytes.
 * Used wherever a hash is taken (audit chain, idempotency). Only JSON values; `undefined` members are left out.
 * @see RFC 8785, whose number and string forms JSON.stringify already has
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value).filter(([, v]) => v !== undefined)
  members.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`
}
