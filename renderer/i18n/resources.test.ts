import { expect, test } from 'vitest'
import { errorCatalog } from '../../shared/errors/error-catalog.ts'
import { languages } from './languages.ts'
import { english, namespaces, resources } from './resources.ts'

/** Every text of a tree by its dotted path. */
function textsOf(tree: object, path = ''): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    const here = path === '' ? key : `${path}.${key}`
    if (typeof value === 'string') texts.set(here, value)
    else for (const [inner, text] of textsOf(value, here)) texts.set(inner, text)
  }
  return texts
}

const placeholdersOf = (text: string): readonly string[] => [...text.matchAll(/\{\{(\w+)(?:, number)?\}\}/g)].map((m) => m[1] ?? '').sort()

test.each(languages)('%s has a text for every code of the error catalog, and for no other', (language) => {
  const texts = resources[language].errors as Readonly<Record<string, string>>
  expect(Object.keys(texts).toSorted()).toEqual(Object.keys(errorCatalog).toSorted())
  expect(Object.values(texts)).not.toContain('')
})

test.each(['de', 'hu'] as const)('%s has the keys of the originals, and their placeholders', (language) => {
  for (const namespace of namespaces) {
    const originals = textsOf(english[namespace])
    const texts = textsOf(resources[language][namespace])
    expect([...texts.keys()].sort(), namespace).toEqual([...originals.keys()].sort())
    for (const [key, original] of originals) {
      expect(texts.get(key) === '', `${namespace}:${key}`).toBe(original === '')
      expect(placeholdersOf(texts.get(key) ?? ''), `${namespace}:${key}`).toEqual(placeholdersOf(original))
    }
  }
})

test('texts hold no markup', () => {
  for (const language of languages) for (const text of textsOf(resources[language]).values()) expect(text).not.toMatch(/[<>]/)
})
