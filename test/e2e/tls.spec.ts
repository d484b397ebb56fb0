/** Somebody sits between the laptop and the server: nothing is sent to whoever cannot prove to be the server. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type Server, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { WindowApi } from '../../shared/ipc/ipc-contract.ts'
import { type Certificate, makeCertificate } from '../support/certificates.ts'
import { launchApp, type RapportApp } from '../support/rapport-app.ts'
import { removeFolder } from '../support/remove-folder.ts'

const DAY_MS = 86_400_000
const HOST = 'localhost'

interface Attempt {
  readonly what: string
  readonly url: string
  readonly received: () => number // requests that got through
}

const folder = mkdtempSync(join(tmpdir(), 'rapport-tls-'))
const servers: { close(): void }[] = []
let app: RapportApp
let attempts: readonly Attempt[]
let control: Attempt

test.beforeAll(async () => {
  const authority = await makeCertificate({ host: 'Rapport test authority', isAuthority: true })
  trust(authority)
  const good = await makeCertificate({ host: HOST, signedBy: authority })
  control = await serve('the right certificate', good)
  attempts = [
    await serve('a certificate that signed itself', await makeCertificate({ host: HOST })),
    await serve(
      'one that has expired',
      await makeCertificate({ host: HOST, signedBy: authority, validFrom: new Date(Date.now() - 60 * DAY_MS), validTo: new Date(Date.now() - DAY_MS) }),
    ),
    await serve('one for another host', await makeCertificate({ host: 'elsewhere.example', signedBy: authority })),
    await serve('one of an unknown authority', await makeCertificate({ host: HOST, signedBy: await makeCertificate({ host: 'Unknown authority', isAuthority: true }) })),
    await serve('TLS 1.1', good, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
    await serveRedirect('a redirect to plain HTTP', good),
    { what: 'plain HTTP to another machine', url: 'http://192.0.2.1:4780', received: () => 0 },
  ]
  mkdirSync(join(folder, 'profile'))
  app = await launchApp({ userData: join(folder, 'profile'), serverUrl: control.url, env: { HOME: folder } })
  await app.electron.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false }) // the person wants the other server
  })
})

test.afterAll(async () => {
  await app?.close()
  for (const server of servers) server.close()
  removeFolder(folder)
})

test('with the right certificate of a trusted authority the server is reached', async () => {
  expect(await signIn(control.url)).toBe('session/wrong-credentials')
  expect(control.received()).toBeGreaterThan(0)
})

test('7 of 7 attempts on the way to the server open no session and learn nothing', async () => {
  for (const { what, url, received } of attempts) {
    expect.soft(await signIn(url), what).not.toBe('session/wrong-credentials')
    expect.soft(received(), `${what}: requests that got through`).toBe(0)
  }
  expect(attempts).toHaveLength(7)
})

/** As somebody does who types the address and then e-mail and passphrase. @returns the code of the refusal */
async function signIn(serverUrl: string): Promise<string> {
  return app.page.evaluate(async (url) => {
    const { api } = globalThis as unknown as { api: WindowApi }
    const set = await api.invoke('settings:set', { serverUrl: url })
    if (!set.ok) return set.error.code
    const answer = await api.invoke('session:sign-in', { email: 'anna@rapport.example', passphrase: 'a passphrase nobody may read' })
    return answer.ok ? 'signed in' : answer.error.code
  }, serverUrl)
}

/** The authority joins the trust store that Chromium on Linux reads beside the system's. */
function trust({ cert }: Certificate): void {
  const [database, file] = [join(folder, '.pki', 'nssdb'), join(folder, 'authority.pem')]
  mkdirSync(database, { recursive: true })
  writeFileSync(file, cert)
  for (const args of [
    ['-N', '--empty-password'],
    ['-A', '-t', 'C,,', '-n', 'authority', '-i', file],
  ]) {
    const { status, stderr } = spawnSync('certutil', ['-d', `sql:${database}`, ...args], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`certutil: ${stderr}`)
  }
}

async function serve(what: string, { key, cert }: Certificate, options: ServerOptions = {}): Promise<Attempt> {
  let count = 0
  const server = createServer({ key, cert, ...options }, (_request, response) => {
    count += 1
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"code":"session/wrong-credentials","params":{}}}')
  })
  return { what, url: `https://${HOST}:${await listen(server)}`, received: () => count }
}

/** What counts is what the plain server hears. */
async function serveRedirect(what: string, { key, cert }: Certificate): Promise<Attempt> {
  let count = 0
  const plain = createHttpServer((_request, response) => {
    count += 1
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"code":"session/wrong-credentials","params":{}}}')
  })
  const port = await listen(plain)
  const server = createServer({ key, cert }, (request, response) => response.writeHead(307, { location: `http://${HOST}:${port}${request.url}` }).end())
  return { what, url: `https://${HOST}:${await listen(server)}`, received: () => count }
}

async function listen(server: Server | ReturnType<typeof createHttpServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push(server)
  return (server.address() as AddressInfo).port
}
