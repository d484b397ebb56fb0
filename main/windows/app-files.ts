import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { APP_PAGE } from './app-origin.ts'
import { contentPolicy } from './content-policy.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

interface AppFile {
  readonly path: string
  readonly contentType: string
}
/** Address → file. */
export type AppFiles = ReadonlyMap<string, AppFile>

/** Lists the page's files once, at start: an address is looked up, never turned into a path. Other kinds of files are left out. */
export function listAppFiles(folder: string): AppFiles {
  const files = new Map<string, AppFile>()
  const visit = (below: string) => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`
      const contentType = contentTypes[extname(name)]
      if (entry.isDirectory()) visit(name)
      else if (contentType) files.set(`${APP_PAGE}${name}`, { path: join(folder, name), contentType })
    }
  }
  visit('')
  const page = files.get(`${APP_PAGE}index.html`)
  if (page) files.set(APP_PAGE, page)
  return files
}

/** Answers the page's requests, with its policy. Everything that is not in the table is a 404. */
export async function answerPageRequest(files: AppFiles, { method, url }: { readonly method: string; readonly url: string }): Promise<Response> {
  const file = method === 'GET' ? files.get(url.split(/[?#]/, 1)[0] ?? '') : undefined
  const nonce = randomBytes(16).toString('base64')
  const headers = { 'content-security-policy': contentPolicy(nonce), 'x-content-type-options': 'nosniff', 'cross-origin-opener-policy': 'same-origin' }
  if (!file) return new Response('', { status: 404, headers })
  const bytes = await readFile(file.path)
  const isPage = file.contentType.startsWith('text/html')
  const body = isPage ? bytes.toString('utf8').replaceAll('__CSP_NONCE__', nonce) : new Uint8Array(bytes)
  return new Response(body, { headers: { ...headers, 'content-type': file.contentType, 'cache-control': isPage ? 'no-store' : 'no-cache' } })
}
