/** What the pages of the documentation point to is there: other pages and their headings, files, scripts; and every page is found from README. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '../support/project.ts'

const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: projectRoot })
const textOf = (page: string): string => readFileSync(join(projectRoot, page), 'utf8')
const isThere = (path: string): boolean => existsSync(join(projectRoot, path))

/** As the sites that show these pages make an anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-')
const anchorsOf = (page: string): ReadonlySet<string> =>
  new Set(
    textOf(page)
      .match(/^#+ .*$/gm)
      ?.map((line) => anchorOf(line.replace(/^#+/, ''))),
  )

interface Link {
  readonly from: string
  readonly path: string // from the root
  readonly anchor: string // '' = none
}

function linksOf(page: string): readonly Link[] {
  const prose = textOf(page).replaceAll(/```[\s\S]*?```/g, '')
  return [...prose.matchAll(/\]\((?![a-z]+:)([^)#\s]*)#?([^)\s]*)\)/g)].map(([, path = '', anchor = '']) => ({
    from: page,
    path: path === '' ? page : normalize(join(dirname(page), path)),
    anchor,
  }))
}

test('no link is dead, to a page or to a heading in it', () => {
  const dead = pages.flatMap(linksOf).filter(({ path, anchor }) => !isThere(path) || (anchor !== '' && !anchorsOf(path).has(anchor)))
  expect(dead).toEqual([])
})

test('every page is found from README', () => {
  const found = new Set(['README.md'])
  for (const page of found) for (const { path } of linksOf(page)) if (pages.includes(path)) found.add(path)
  expect(pages.filter((page) => !found.has(page))).toEqual([])
})

test('every file and script that a page names exists', () => {
  const scripts = (JSON.parse(textOf('package.json')) as { readonly scripts: object }).scripts
  const missing = pages.flatMap((page) => [
    ...[...textOf(page).matchAll(/`((?:main|renderer|server|shared|test|scripts|docs|assets)\/[\w./-]*(?:\.\w+|\/))`/g)].flatMap(([, path = '']) =>
      isThere(path) ? [] : [`${page}: ${path}`],
    ),
    ...[...textOf(page).matchAll(/npm run ([\w:]+)/g)].flatMap(([, name = '']) => (name in scripts ? [] : [`${page}: npm run ${name}`])),
  ])
  expect(missing).toEqual([])
})
