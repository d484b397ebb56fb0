/** Every code of the catalog is said by the product and met by a test; its texts are held by renderer/i18n/resources.test.ts. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { errorCatalog } from '../shared/errors/error-catalog.ts'
import { projectRoot } from './support/project.ts'

const CATALOG = 'shared/errors/error-catalog.ts'
const files = ['main', 'renderer', 'server', 'shared', 'test'].flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: projectRoot }))
const isTest = (path: string): boolean => /\.(test|spec)\.tsx?$|-cases\.ts$/.test(path)
const isProduct = (path: string): boolean => !path.startsWith('test/') && !isTest(path) && path !== CATALOG && !path.includes('/locales/')

/** Codes that stand in none of these files. */
function listMissing(isSearched: (path: string) => boolean): readonly string[] {
  const text = files
    .filter(isSearched)
    .map((path) => readFileSync(join(projectRoot, path), 'utf8'))
    .join('\n')
  return Object.keys(errorCatalog).filter((code) => !text.includes(`'${code}'`))
}

test('every code is said somewhere', () => {
  expect(listMissing(isProduct)).toEqual([])
})

test('every code is met by a test', () => {
  expect(listMissing(isTest)).toEqual([])
})
