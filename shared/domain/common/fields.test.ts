import { expect, test } from 'vitest'
import { editClaim } from '../outcome/commands/edit-claim.ts'
import { importFeed } from '../verification/commands/import-feed.ts'
import { lineField, nameField, noteField, reasonField } from './fields.ts'

const turning = ['\u202A', '\u202B', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u0000', '\u0007', '\u001B', '\u007F'].map((mark) => `a${mark}b`)
const breaking = ['a\nb', 'a\rb', 'a\u2028b', 'a\u2029b']
const id = '0198c5a0-0000-7000-8000-000000000001'
const importOf = (name: string) => importFeed.schema.safeParse({ id, sha256: 'a'.repeat(64), name, sizeBytes: 1 }).success
const answerOf = (answer: string) => editClaim.schema.safeParse({ id, edits: { note: { from: '', to: 'x' } }, answer }).success

test.each(turning)('no field takes %j', (text) => {
  for (const field of [lineField(), nameField, noteField, reasonField]) expect(field.safeParse(text).success).toBe(false)
  expect(importOf(text)).toBe(false)
  expect(answerOf(text)).toBe(false)
})

test.each(breaking)('no line takes %j', (text) => {
  for (const field of [lineField(), nameField]) expect(field.safeParse(text).success).toBe(false)
  expect(importOf(text)).toBe(false)
})

test('names of files and answers may have what people write', () => {
  expect(importOf('Kontoauszug März (2) – Ügyfél 客户.xml')).toBe(true)
  expect(answerOf('First line\nand a second: שלום')).toBe(true)
})
