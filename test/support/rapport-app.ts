import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { electronSwitches, findRuntime } from '../../scripts/runtime.mjs'
import { endProcess, pidOf } from './processes.ts'
import { appFolder } from './project.ts'

export interface LaunchOptions {
  readonly userData: string
  readonly serverUrl: string
  readonly env?: Readonly<Record<string, string>>
  /** Another build than the usual one. */
  readonly builtIn?: string
}

/** One running installation of the app. */
export interface RapportApp {
  readonly electron: ElectronApplication
  readonly page: Page
  readonly pid: number // of the main process
  readonly userData: string
  /** Errors of the page and messages of the security policy so far; tests expect none. */
  readonly problems: readonly string[]
  /** Ends it as a person would. */
  close(): Promise<void>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

/** Messages of Chromium itself that say nothing about the app. */
const HARMLESS = [/Autofill\./, /DevTools/]

/** Starts the built app (`npm run build`) with a profile of its own and waits for its window. */
export async function launchApp({ userData, serverUrl, env = {}, builtIn = appFolder }: LaunchOptions): Promise<RapportApp> {
  const electron = await _electron.launch({
    executablePath: findRuntime().executable,
    args: [...electronSwitches(), builtIn],
    cwd: builtIn,
    env: { ...withoutUndefined(process.env), LANG: 'en_US.UTF-8', RAPPORT_E2E: '1', RAPPORT_USER_DATA: userData, RAPPORT_SERVER_URL: serverUrl, ...env },
    timeout: 60_000,
  })
  const page = await electron.firstWindow({ timeout: 60_000 })
  const problems: string[] = []
  watch(page, problems)
  electron.on('window', (opened) => watch(opened, problems))
  const pid = pidOf(electron.process())
  const close = async () => {
    const closed = electron.close()
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 15_000))])
    await endProcess(pid, 'SIGKILL')
  }
  return { electron, page, pid, userData, problems, close, kill: () => endProcess(pid, 'SIGKILL') }
}

function watch(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !HARMLESS.some((pattern) => pattern.test(message.text())))
      problems.push(`console: ${message.text()} (${message.location().url}:${message.location().lineNumber})`)
  })
}

const withoutUndefined = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
