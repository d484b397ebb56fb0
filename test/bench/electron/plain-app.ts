import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { electronSwitches, findRuntime } from '../../../scripts/runtime.mjs'
import { endProcess, pidOf } from '../../support/processes.ts'
import { appFolder } from '../../support/project.ts'
import type { BenchContext } from '../harness/bench.ts'

const EMPTY = '<!doctype html><meta charset="utf-8"><title>empty</title><body><p>Today</p></body>'

/** Builds the small app of the plain way into the bench's folder, once. */
export async function buildPlainApp({ folder }: Pick<BenchContext, 'folder'>): Promise<string> {
  const out = join(folder, 'plain-app')
  mkdirSync(out, { recursive: true })
  const from = (name: string) => join(appFolder, 'test', 'bench', 'electron', name)
  await build({ entryPoints: [from('plain-main.ts')], outfile: join(out, 'main.cjs'), bundle: true, platform: 'node', format: 'cjs', external: ['electron'] })
  await build({ entryPoints: [from('plain-page.ts')], outfile: join(out, 'page.js'), bundle: true, platform: 'browser', format: 'iife', external: ['electron'] })
  writeFileSync(join(out, 'package.json'), JSON.stringify({ name: 'plain', main: 'main.cjs' }))
  writeFileSync(join(out, 'empty.html'), EMPTY)
  writeFileSync(join(out, 'plain.html'), '<!doctype html><meta charset="utf-8"><title>plain</title><body><script src="page.js"></script></body>')
  return out
}

interface PlainLine {
  readonly done?: { readonly ms: number; readonly count: number }
  readonly shown?: { readonly ms: number }
}

/** Starts it and resolves with the first line that it says of this kind. */
async function runPlain<K extends keyof PlainLine>(app: string, folder: string, kind: K, env: Readonly<Record<string, string>>): Promise<NonNullable<PlainLine[K]>> {
  const userData = mkdtempSync(join(folder, 'plain-data-'))
  const child = spawn(findRuntime().executable, [...electronSwitches(), app], { env: { ...process.env, ...env, PLAIN_USER_DATA: userData }, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    return await firstLine(child, kind)
  } finally {
    await endProcess(pidOf(child), 'SIGKILL')
  }
}

function firstLine<K extends keyof PlainLine>(child: ChildProcess, kind: K): Promise<NonNullable<PlainLine[K]>> {
  return new Promise((resolve, reject) => {
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', (line) => {
        const said = line.startsWith('{') ? (JSON.parse(line) as PlainLine)[kind] : undefined
        if (said) resolve(said as NonNullable<PlainLine[K]>)
      })
    child.once('exit', () => reject(new Error('The plain app ended early')))
  })
}

/** Milliseconds from the making of an empty window until its page has loaded. */
export async function emptyWindowMs(app: string, folder: string): Promise<number> {
  return (await runPlain(app, folder, 'shown', {})).ms
}

/** Seconds that the plain way takes: pages of rows over node:http, put into Dexie with five indexes, unsealed. */
export async function plainPullSeconds(app: string, folder: string, pages: readonly (readonly object[])[]): Promise<number> {
  const server = createServer((request, response) => response.end(JSON.stringify(pages[Number(request.url?.slice(1))] ?? [])))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const { ms } = await runPlain(app, folder, 'done', { PLAIN_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
    return ms / 1_000
  } finally {
    server.close()
  }
}
