import { err, type Result } from '../../shared/lib/result.ts'
import { readCamt } from './camt/read-camt.ts'
import { decodeText } from './decode-text.ts'
import { FEED_LIMITS, type FeedError } from './feed-error.ts'
import { readMt } from './mt/read-mt.ts'
import type { StatementFile } from './statement-file.ts'

/**
 * Reads one bank statement file; what it is shows in the bytes, not in a file name. Never throws, and never returns
 * half a file.
 */
export function readStatementFile(bytes: Uint8Array): Result<StatementFile, FeedError> {
  if (bytes.byteLength > FEED_LIMITS.fileBytes) return err({ code: 'feed/too-large', limitBytes: FEED_LIMITS.fileBytes })
  const decoded = decodeText(bytes)
  if (!decoded.ok) return decoded
  const text = decoded.value.trimStart()
  if (text.startsWith('<')) return readCamt(text)
  return /^:20:/m.test(text) ? readMt(text) : err({ code: 'feed/unknown-format' })
}
