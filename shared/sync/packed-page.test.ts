import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodePackedPage, encodePackedPage, PACKED_MAX_TEXT_BYTES, type PackedHeader, packText, unpackText } from './packed-page.ts'

const header: PackedHeader = { format: 1, rowCount: 2, textBytes: 10, householdIds: ['0190a000-0000-7000-8000-000000000001'], next: 'a~b~c' }

test('a page comes back as it was, wherever in a buffer it lies', () => {
  const body = Uint8Array.from([1, 2, 3, 255])
  const bytes = encodePackedPage({ header, body })
  const shifted = new Uint8Array(bytes.length + 7)
  shifted.set(bytes, 7)
  for (const view of [bytes, shifted.subarray(7)]) expect(decodePackedPage(view)).toEqual({ header, body })
})

test('bytes that are no page are refused and never thrown at', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(decodePackedPage(bytes)).toBeNull()
    }),
  )
  const bytes = encodePackedPage({ header, body: new Uint8Array(4) })
  for (let length = 0; length < bytes.length - 4; length++) expect(decodePackedPage(bytes.subarray(0, length))).toBeNull()
})

test('[L10] a header that promises more than a page may hold is refused', () => {
  expect(decodePackedPage(encodePackedPage({ header: { ...header, textBytes: PACKED_MAX_TEXT_BYTES + 1 }, body: new Uint8Array() }))).toBeNull()
})

test('rows get their names back, and a table of a newer server is left out', () => {
  const text = packText([
    { table: 'teams', keys: ['id', 'name', 'seq'], rowsJson: '["t1","Öst",7],["t2","",8]' },
    { table: 'later' as 'teams', keys: ['id', 'seq'], rowsJson: '["x",9]' },
  ])
  expect(unpackText(text)).toEqual([
    { table: 'teams', id: 't1', seq: 7, row: { id: 't1', name: 'Öst' } },
    { table: 'teams', id: 't2', seq: 8, row: { id: 't2', name: '' } },
  ])
  expect(() => unpackText(packText([{ table: 'teams', keys: ['id', 'name', 'seq'], rowsJson: '["t1",7]' }]))).toThrow('another length')
})
