import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { FEED_LIMITS, type FeedError, type FeedProblems, newFeedProblems } from '../feed-error.ts'
import type { FeedFormat, StatementFile } from '../statement-file.ts'
import { readCamtStatement } from './read-camt-statement.ts'
import { childrenOf, findAt, findText, parseXml, type XmlNode } from './xml-tree.ts'

interface CamtBody {
  readonly format: FeedFormat
  readonly body: string
  readonly statement: string
}

const BODIES: readonly CamtBody[] = [
  { format: 'camt.053', body: 'BkToCstmrStmt', statement: 'Stmt' },
  { format: 'camt.052', body: 'BkToCstmrAcctRpt', statement: 'Rpt' },
  { format: 'camt.054', body: 'BkToCstmrDbtCdtNtfctn', statement: 'Ntfctn' },
]
const NEWEST_VERSION = 13

/** Reads camt.053, .054 and .052, versions 001.02 to 001.13, from decoded XML text. */
export function readCamt(text: string): Result<StatementFile, FeedError> {
  if (countTags(text, 'Ntry') > FEED_LIMITS.lines || countTags(text, 'TxDtls') > FEED_LIMITS.lines) return err({ code: 'feed/too-many-lines', limitLines: FEED_LIMITS.lines })
  const parsed = parseXml(text)
  if (!parsed.ok) return parsed
  const document = findDocument(parsed.value)
  const kind = BODIES.find(({ body }) => childrenOf(document, body).length > 0)
  if (kind === undefined || !isKnownVersion(text)) return err({ code: 'feed/unknown-format' })
  const problems = newFeedProblems()
  const file = readBody(findAt(document, kind.body), kind, problems)
  if (problems.first !== null) return err(problems.first)
  const count = file.statements.reduce((sum, statement) => sum + statement.lines.length, 0)
  return count > FEED_LIMITS.lines ? err({ code: 'feed/too-many-lines', limitLines: FEED_LIMITS.lines }) : ok(file)
}

function readBody(body: XmlNode | undefined, kind: CamtBody, problems: FeedProblems): StatementFile {
  let lineNo = 0
  const statements = childrenOf(body, kind.statement).map((node, i) => {
    const statement = readCamtStatement(node, kind.format, `${kind.statement}[${i + 1}]`, problems)
    return { ...statement, lines: statement.lines.map((line) => ({ ...line, lineNo: ++lineNo })) }
  })
  return { format: kind.format, messageId: findText(body, 'GrpHdr/MsgId'), statements }
}

/** `Document` is the root, or lies in an envelope that the bank's channel adds. */
function findDocument(root: XmlNode, depth = 0): XmlNode | undefined {
  const direct = childrenOf(root, 'Document')[0]
  if (direct !== undefined || depth === 3 || typeof root === 'string') return direct
  for (const name of Object.keys(root)) {
    const found = name.startsWith('@') ? undefined : findDocument(childrenOf(root, name)[0] ?? '', depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

/** A namespace newer than those read here could mean other things; a file without one is judged by its elements. */
function isKnownVersion(text: string): boolean {
  const version = /xmlns(?::[\w.-]+)?\s*=\s*["'][^"']{0,200}camt\.05[234]\.001\.(\d{2})(?!\d)/.exec(text.slice(0, 20_000))?.[1]
  return version === undefined || (Number(version) >= 2 && Number(version) <= NEWEST_VERSION)
}

/** Start tags of a name in unparsed text: stops a file of too many lines before its tree fills the memory. */
const countTags = (text: string, name: string): number => text.match(new RegExp(`<(?:[\\w.-]{1,40}:)?${name}[\\s/>]`, 'g'))?.length ?? 0
