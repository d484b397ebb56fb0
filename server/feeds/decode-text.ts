import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { FeedError } from './feed-error.ts'

/** Encodings that banks declare, as names the platform's decoder knows. Latin 1 is read as its superset windows-1252. */
const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'iso-8859-2': 'iso-8859-2',
  latin2: 'iso-8859-2',
  'windows-1250': 'windows-1250',
  cp1250: 'windows-1250',
  'iso-8859-15': 'iso-8859-15',
}

/**
 * Text of a feed file. A byte-order mark decides; then the XML declaration; then UTF-8 if the bytes allow it, else
 * (only without a declaration) windows-1252, in which older statement files are written.
 */
export function decodeText(bytes: Uint8Array): Result<string, FeedError> {
  const wide = wideEncoding(bytes)
  if (wide !== null) return decodeAs(bytes, wide)
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 300))
  const declared = /^(?:\u00ef\u00bb\u00bf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,30})["']/.exec(head)?.[1]
  if (declared === undefined) {
    const utf8 = decodeAs(bytes, 'utf-8')
    return utf8.ok ? utf8 : decodeAs(bytes, 'windows-1252')
  }
  const encoding = Object.hasOwn(ENCODINGS, declared.toLowerCase()) ? ENCODINGS[declared.toLowerCase()] : undefined
  return encoding === undefined ? err({ code: 'feed/unreadable' }) : decodeAs(bytes, encoding)
}

/** UTF-16 shows in the first two bytes: a byte-order mark, or '<' and ':' beside a zero byte. */
function wideEncoding(bytes: Uint8Array): string | null {
  const [a, b] = bytes
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if ((a === 0x3c || a === 0x3a) && b === 0) return 'utf-16le'
  if (a === 0 && (b === 0x3c || b === 0x3a)) return 'utf-16be'
  return null
}

function decodeAs(bytes: Uint8Array, encoding: string): Result<string, FeedError> {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.includes('\u0000') ? err({ code: 'feed/unreadable' }) : ok(text)
  } catch {
    return err({ code: 'feed/unreadable' }) // bytes that the encoding does not have
  }
}
