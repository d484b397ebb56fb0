/**
 * JSON with object keys in code-unit order and no white space, so that equal values give equal bytes.
 * Used wherever a hash is taken (audit chain, idempotency). Only JSON values; `undefined` members are left out.
 * @see RFC 8785, whose number and string forms JSON.stringify already has
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? `${value}` : 'null'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? listJson(value) : membersJson(value as Readonly<Record<string, unknown>>)
    default:
      return JSON.stringify(value) ?? 'null'
  }
}

// Built piece by piece: every command passes through here several times, and lists of parts took twice as long.
function listJson(items: readonly unknown[]): string {
  let text = '['
  for (let i = 0; i < items.length; i++) text += (i === 0 ? '' : ',') + canonicalJson(items[i])
  return `${text}]`
}

function membersJson(value: Readonly<Record<string, unknown>>): string {
  let text = ''
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (member !== undefined) text += `${text === '' ? '{' : ','}${quoted(key)}:${canonicalJson(member)}`
  }
  return text === '' ? '{}' : `${text}}`
}

/** Keys come again and again; those of a stranger's arguments may be any. */
const quotedKeys = new Map<string, string>()
const MOST_KEYS = 1_000

function quoted(key: string): string {
  const known = quotedKeys.get(key)
  if (known !== undefined) return known
  const text = JSON.stringify(key)
  if (quotedKeys.size < MOST_KEYS && key.length < 40) quotedKeys.set(key, text)
  return text
}
