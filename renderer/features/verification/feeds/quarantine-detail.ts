import type { FeedFile } from '../../../../shared/domain/feed/feed-file.ts'

type Reason = FeedFile['quarantined'][number]['reasons'][number]

/** The figures behind a quarantine reason: the key of a text in `verification:feeds.detail`, and what fills it. */
export type QuarantineDetail =
  | { readonly key: 'balance'; readonly amounts: { readonly opening: number; readonly lines: number; readonly sum: number; readonly closing: number }; readonly currency: string }
  | { readonly key: 'opening'; readonly amounts: { readonly opening: number; readonly expected: number }; readonly currency: string }
  | { readonly key: 'sequence' | 'currency'; readonly values: { readonly found: string; readonly expected: string } }
  | { readonly key: 'line'; readonly values: { readonly line: number } }

/** null where the reason says it all, or a newer server left a figure out. */
export function findDetail({ code, params }: Reason): QuarantineDetail | null {
  const amountOf = (name: string): number => Number(params[name] ?? Number.NaN)
  const currency = String(params.currency ?? '')
  const isKnown = (amounts: Readonly<Record<string, number>>): boolean => currency !== '' && Object.values(amounts).every(Number.isSafeInteger)
  if (code === 'feed/balance-mismatch') {
    const opening = amountOf('openingMinor')
    const lines = amountOf('linesMinor')
    const amounts = { opening, lines, sum: opening + lines, closing: amountOf('closingMinor') }
    return isKnown(amounts) ? { key: 'balance', amounts, currency } : null
  }
  if (code === 'feed/opening-mismatch') {
    const amounts = { opening: amountOf('openingMinor'), expected: amountOf('expectedMinor') }
    return isKnown(amounts) ? { key: 'opening', amounts, currency } : null
  }
  const { found, expected, lineNo } = params
  if ((code === 'feed/sequence-gap' || code === 'feed/balance-currency') && found != null && expected != null)
    return { key: code === 'feed/sequence-gap' ? 'sequence' : 'currency', values: { found: String(found), expected: String(expected) } }
  return typeof lineNo === 'number' ? { key: 'line', values: { line: lineNo } } : null
}
