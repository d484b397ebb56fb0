/**
 * JSON with object keys in code-unit order and no white space, so that equal values give equal bytes.
 * Used wherever a hash is taken (audit chain, idempotency). Only JSON values; `undefined` members are left out.
 * @see RFC 8785, whose number and string forms JSON.stringify already has
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  return Array.isArray(value) ? listJson(value) : membersJson(value as Readonly<Record<string, unknown>>)
}

// Built piece by piece: every commit passes through here while other writers wait, and lists of parts took twice as long.
function listJson(items: readonly unknown[]): string {
  let text = '['
  for (let i = 0; i < items.length; i++) text += (i === 0 ? '' : ',') + canonicalJson(items[i])
  return `${text}]`
}

function membersJson(value: Readonly<Record<string, unknown>>): string {
  let text = ''
  for (const key of Object.keys(value).sort()) {
    if (value[key] !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(value[key])}`
  }
  return `{${text}}`
}
