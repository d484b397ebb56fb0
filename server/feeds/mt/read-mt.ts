import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { FEED_LIMITS, type FeedError, newFeedProblems } from '../feed-error.ts'
import { plainTextOrNull } from '../plain-text.ts'
import type { Statement, StatementFile } from '../statement-file.ts'
import { headOf, type MtField, splitMessages } from './mt-fields.ts'
import { type MtPage, readMtPage } from './read-mt-statement.ts'

/** Reads MT940 and MT942 from decoded text. */
export function readMt(text: string): Result<StatementFile, FeedError> {
  const lineCount = text.match(/^:(?:20|61):/gm)?.length ?? 0 // empty statements cost as much as lines
  if (lineCount > FEED_LIMITS.lines) return err({ code: 'feed/too-many-lines', limitLines: FEED_LIMITS.lines })
  const messages = splitMessages(text)
  const format = formatOf(messages)
  if (format === null) return err({ code: 'feed/unknown-format' })
  const problems = newFeedProblems()
  const pages = messages.map((fields) => readMtPage(fields, format, problems))
  if (problems.first !== null) return err(problems.first)
  const first = messages[0]?.[0]
  return ok({
    format,
    messageId: first === undefined ? null : plainTextOrNull(headOf(first)),
    statements: numberLines(joinPages(pages)),
  })
}

/** Balances make it an MT940; an interim report has a floor limit, a report time or totals instead. */
function formatOf(messages: readonly (readonly MtField[])[]): 'mt940' | 'mt942' | null {
  const tags = new Set(messages.flatMap((fields) => fields.map((field) => field.tag)))
  const has = (...names: readonly string[]): boolean => names.some((name) => tags.has(name))
  if (has('60F', '60M', '62F', '62M')) return 'mt940'
  return has('34F', '13D', '90C', '90D') && has('25', '25P') ? 'mt942' : null
}

/**
 * Pages of one statement become one: same account and number, the next page, and the balance carried over (62M) is
 * the one it starts from (60M). Pages that do not fit stay apart, for the checks to find.
 */
function joinPages(pages: readonly MtPage[]): readonly MtPage['statement'][] {
  const joined: { statement: MtPage['statement']; lines: MtPage['statement']['lines'][number][]; last: MtPage }[] = []
  for (const page of pages) {
    const open = joined.at(-1)
    if (open === undefined || !isNextPage(open.last, page)) {
      joined.push({ statement: page.statement, lines: [...page.statement.lines], last: page })
      continue
    }
    for (const line of page.statement.lines) open.lines.push(line)
    const { closingMinor, closingCurrency, closedOn } = page.statement
    open.statement = { ...open.statement, closingMinor, closingCurrency, closedOn }
    open.last = page
  }
  return joined.map(({ statement, lines }) => ({ ...statement, lines }))
}

function isNextPage(before: MtPage, after: MtPage): boolean {
  const [a, b] = [before.statement, after.statement]
  return (
    before.endsInside &&
    after.startsInside &&
    before.page !== null &&
    after.page === before.page + 1 &&
    a.sequenceNumber === b.sequenceNumber &&
    a.iban === b.iban &&
    a.otherAccount === b.otherAccount &&
    a.closingMinor === b.openingMinor &&
    a.closingCurrency === b.openingCurrency
  )
}

function numberLines(statements: readonly MtPage['statement'][]): readonly Statement[] {
  let lineNo = 0
  return statements.map((statement) => ({ ...statement, lines: statement.lines.map((line) => ({ ...line, lineNo: ++lineNo })) }))
}
