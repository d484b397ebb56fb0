import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { DraftStore } from './draft-store.ts'

/** A cipher that binds a body to its place, as the real one does. */
const cipher = {
  seal: (aad: string, plain: Uint8Array) => new TextEncoder().encode(`${aad}\n${new TextDecoder().decode(plain)}`),
  open: (aad: string, sealed: Uint8Array) => {
    const [place, ...body] = new TextDecoder().decode(sealed).split('\n')
    if (place !== aad) throw new Error('cipher/invalid')
    return new TextEncoder().encode(body.join('\n'))
  },
  token: (text: string) => `token of ${text.length}`,
}

test('gives back what was put, until it is deleted', async () => {
  const store = new DraftStore('person-1', cipher)
  await store.put('log/', { subject: 'Yacht' })
  expect(await store.find('log/')).toEqual({ subject: 'Yacht' })
  await store.delete('log/')
  expect(await store.find('log/')).toBeUndefined()
})

test('a draft that does not open counts as none', async () => {
  const store = new DraftStore('person-2', cipher)
  await store.put('log/a', { subject: 'Yacht' })
  expect(await store.find('log/b')).toBeUndefined() // same look-up token, another place
})

test('keeps the drafts of two people apart', async () => {
  await new DraftStore('person-3', cipher).put('log/', 1)
  expect(await new DraftStore('person-4', cipher).find('log/')).toBeUndefined()
})
