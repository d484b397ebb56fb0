import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, type TestInfo } from '@playwright/test'
import { copyFirm } from './firm-template.ts'
import { type LaunchOptions, launchApp, type RapportApp } from './rapport-app.ts'
import { removeFolder } from './remove-folder.ts'
import { startTestServer, type TestServer } from './test-server.ts'

/** Server and installations of one test. The server keeps its address over restarts, as an office's does. */
export interface Firm {
  readonly server: TestServer
  readonly url: string
  /** Ends the server; installations are offline until `startServer`. */
  stopServer(): Promise<void>
  startServer(env?: Readonly<Record<string, string>>): Promise<void>
  /** Starts an installation. The same name again is the same laptop with everything on it. */
  launch(installation: string, options?: Pick<LaunchOptions, 'env' | 'builtIn'>): Promise<RapportApp>
}

class RunningFirm implements Firm {
  readonly folder: string
  readonly apps: RapportApp[] = []
  server: TestServer
  readonly url: string

  constructor(folder: string, server: TestServer) {
    this.folder = folder
    this.server = server
    this.url = server.url
  }

  stopServer(): Promise<void> {
    return this.server.stop()
  }

  async startServer(env: Readonly<Record<string, string>> = {}): Promise<void> {
    this.server = await startTestServer({ dataDir: this.server.dataDir, port: Number(new URL(this.url).port), env })
  }

  async launch(installation: string, options: Pick<LaunchOptions, 'env' | 'builtIn'> = {}): Promise<RapportApp> {
    const userData = join(this.folder, `installation-${installation}`)
    mkdirSync(userData, { recursive: true })
    const app = await launchApp({ userData, serverUrl: this.url, ...options })
    this.apps.push(app)
    return app
  }
}

/** `firm`: a server with the sample firm, for this test alone. Everything it started ends with it. */
export const test = base.extend<{ firm: Firm }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
  firm: async ({}, use, testInfo) => {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-e2e-'))
    const dataDir = join(folder, 'server')
    await copyFirm(dataDir)
    const firm = new RunningFirm(folder, await startTestServer({ dataDir }))
    try {
      await use(firm)
      for (const app of firm.apps) expect(app.problems, 'errors in the window').toEqual([])
    } finally {
      if (testInfo.status !== testInfo.expectedStatus) await attachEvidence(firm, testInfo)
      for (const app of firm.apps) await app.close().catch(() => undefined)
      await firm.server.stop()
      removeFolder(folder)
    }
  },
})

async function attachEvidence(firm: RunningFirm, testInfo: TestInfo): Promise<void> {
  for (const [index, app] of firm.apps.entries()) {
    const path = testInfo.outputPath(`installation-${index + 1}.png`)
    await app.page.screenshot({ path, timeout: 5_000 }).catch(() => undefined) // a killed one has no picture
    if (app.problems.length > 0) await testInfo.attach(`installation-${index + 1}.txt`, { body: app.problems.join('\n'), contentType: 'text/plain' })
  }
}

export { expect }
