/** The rules of docs/spec/sync.md and the tests that cite them: none without the other. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from './support/project.ts'

const FOLDERS = ['main', 'renderer', 'server', 'shared', 'test']
const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8')

const rules = [...read('docs/spec/sync.md').matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map(([, id = '']) => id)
const chapters = new Set(rules.map((id) => id.slice(0, 1)))

/** Ids in brackets at the beginning of a title; other letters than the spec's are another page's. */
function listCited(): readonly string[] {
  const tests = FOLDERS.flatMap((folder) => globSync(`${folder}/**/*{.test.ts,.spec.ts,-suite.ts,-cases.ts}`, { cwd: projectRoot }))
  const ids = tests.flatMap((path) => [...read(path).matchAll(/\[([A-Z]\d+)\]/g)].map(([, id = '']) => id))
  return [...new Set(ids)].filter((id) => chapters.has(id.slice(0, 1)))
}

test('every rule has an id of its own', () => {
  expect(rules.length).toBeGreaterThan(50)
  expect(rules).toEqual([...new Set(rules)])
})

test('every rule is cited by a test, and what tests cite is a rule', () => {
  expect(listCited().toSorted()).toEqual(rules.toSorted())
})
