import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { chromium, type Page } from '@playwright/test'
import { electronSwitches, findRuntime } from '../../scripts/runtime.mjs'
import { endProcess } from '../support/processes.ts'
import { appFolder } from '../support/project.ts'
import { waitFor } from '../support/wait-for.ts'
import { listProcesses } from './scan-memory.ts'

/** The app as nobody's child: a driver would end what it starts itself anew. */
export interface LooseApp {
  /** Of the process that runs now. */
  page(): Promise<Page>
  end(): Promise<void>
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

export async function launchLoose({ userData, serverUrl }: { readonly userData: string; readonly serverUrl: string }): Promise<LooseApp> {
  const port = await freePort()
  const env = { ...process.env, LANG: 'en_US.UTF-8', RAPPORT_E2E: '1', RAPPORT_E2E_RELAUNCH: '1', RAPPORT_USER_DATA: userData, RAPPORT_SERVER_URL: serverUrl }
  spawn(findRuntime().executable, [...electronSwitches(), `--remote-debugging-port=${port}`, appFolder], { cwd: appFolder, env, stdio: 'ignore', detached: true }).unref()
  const address = `http://127.0.0.1:${port}`
  return {
    async page() {
      await waitFor(
        'the debugging port',
        () =>
          fetch(`${address}/json/version`).then(
            () => true,
            () => undefined,
          ),
        { withinMs: 60_000 },
      )
      const browser = await chromium.connectOverCDP(address)
      return waitFor('a window', () => browser.contexts()[0]?.pages()[0], { withinMs: 30_000 })
    },
    async end() {
      for (const pid of listProcesses(userData)) await endProcess(pid, 'SIGKILL')
    },
  }
}
