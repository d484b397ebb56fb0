import { expect, test } from 'vitest'
import { aBankLine, aCase, aFeedFile, aProposal, idOf } from '../testing/rows.ts'
import { listClaimsByFile, newestFirst, splitQuarantined, toFeedError } from './feed-results.ts'
import { type FeedUpload, listPendingUploads, reduceUploads } from './feed-uploads.ts'
import { findDetail } from './quarantine-detail.ts'

const anUpload = (n: number, over: Partial<FeedUpload> = {}): FeedUpload => ({ id: idOf('file', n), name: `${n}.xml`, sizeBytes: 10, step: 'waiting', error: null, ...over })

test('an upload moves on, fails with its reason, and goes when dismissed', () => {
  const added = reduceUploads([anUpload(1)], { type: 'added', uploads: [anUpload(2)] })
  expect(added.map((upload) => upload.name)).toEqual(['2.xml', '1.xml'])
  const moved = reduceUploads(added, { type: 'moved', id: idOf('file', 1), step: 'storing' })
  expect(moved.map((upload) => upload.step)).toEqual(['waiting', 'storing'])
  const error = { code: 'feed/too-large', params: {} } as const
  const failed = reduceUploads(moved, { type: 'failed', id: idOf('file', 2), error })
  expect(failed[0]).toMatchObject({ step: 'failed', error })
  expect(reduceUploads(failed, { type: 'dismissed', id: idOf('file', 2) })).toHaveLength(1)
})

test('an upload that has become a feed file is no longer listed', () => {
  expect(listPendingUploads([anUpload(1), anUpload(2)], new Set([idOf('file', 1)])).map((upload) => upload.id)).toEqual([idOf('file', 2)])
})

test('lists files newest first and finds the claims that a file brought proposals for', () => {
  const older = aFeedFile({ id: idOf('file', 2), importedAtMs: 1 })
  expect(newestFirst([older, aFeedFile()]).map((file) => file.id)).toEqual([idOf('file', 1), idOf('file', 2)])
  const claims = listClaimsByFile(
    [aBankLine(1), aBankLine(2, { fileId: idOf('file', 2) })],
    [aCase({ proposals: [aProposal(), aProposal()] }), aCase({ id: idOf('claim', 2), proposals: [aProposal({ activityIds: [idOf('line', 2)] })] })],
  )
  expect([...claims]).toEqual([
    [idOf('file', 1), [idOf('claim', 1)]],
    [idOf('file', 2), [idOf('claim', 2)]],
  ])
})

test('quarantine reasons become error texts, unknown ones the general one', () => {
  expect(toFeedError({ code: 'feed/sequence-gap', params: { expected: 2, found: 5 } })).toEqual({ code: 'feed/sequence-gap', params: { expected: 2, found: 5 } })
  expect(toFeedError({ code: 'feed/new-one', params: {} }).code).toBe('feed/malformed')
})

test('a quarantine reason brings its figures, or none where one is missing', () => {
  const params = { openingMinor: 100, linesMinor: 50, closingMinor: 160, currency: 'EUR' }
  expect(findDetail({ code: 'feed/balance-mismatch', params })).toEqual({ key: 'balance', amounts: { opening: 100, lines: 50, sum: 150, closing: 160 }, currency: 'EUR' })
  expect(findDetail({ code: 'feed/balance-mismatch', params: { ...params, closingMinor: null } })).toBeNull()
  expect(findDetail({ code: 'feed/opening-mismatch', params: { openingMinor: 1, expectedMinor: 2, currency: 'EUR' } })).toMatchObject({ key: 'opening' })
  expect(findDetail({ code: 'feed/sequence-gap', params: { expected: 2, found: 5 } })).toEqual({ key: 'sequence', values: { expected: '2', found: '5' } })
  expect(findDetail({ code: 'feed/line-currency', params: { lineNo: 3 } })).toEqual({ key: 'line', values: { line: 3 } })
  expect(findDetail({ code: 'feed/balance-missing', params: {} })).toBeNull()
})

test('tells statements that came before from those set aside', () => {
  const statement = (code: string) => ({ statementId: 'S', iban: null, lineCount: 3, reasons: [{ code, params: {} }] })
  const file = aFeedFile({ quarantined: [statement('feed/statement-seen-before'), statement('feed/balance-missing')] })
  expect(splitQuarantined(file)).toEqual({ seenCount: 1, setAside: [statement('feed/balance-missing')] })
})
