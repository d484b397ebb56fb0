/** What the pages say of files and commands. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from './support/project.ts'

const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: projectRoot })
const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8')

test.each(pages)('%s links to what is there', (page) => {
  const targets = [...read(page).matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, target = '']) => join(dirname(page), target))
  expect(targets.filter((target) => !existsSync(join(projectRoot, target)))).toEqual([])
})

test.each(pages)('%s names scripts that there are', (page) => {
  const scripts = Object.keys(JSON.parse(read('package.json')).scripts)
  const named = [...read(page).matchAll(/\bnpm run ([a-z:-]+)/g)].map(([, script = '']) => script)
  expect(named.filter((script) => !scripts.includes(script))).toEqual([])
})

test('the list of pages has every decision', () => {
  const list = read('docs/README.md')
  expect(globSync('docs/adr/*.md', { cwd: projectRoot }).filter((path) => !list.includes(path.slice('docs/'.length)))).toEqual([])
})
