import { app } from 'electron'
import { findRefusedSwitch, REFUSED_EXIT_CODE } from './refuse-switches.ts'

const isTestPackage = typeof __ALLOW_DEBUG_PORT__ !== 'undefined' && __ALLOW_DEBUG_PORT__

/** Development and test packages take their folder, server and test switches from the environment; shipped ones never do. */
const isEnvironmentHeard = !app.isPackaged || isTestPackage
const heard = (name: string): string | undefined => (isEnvironmentHeard ? process.env[name] || undefined : undefined)

export const surroundings = {
  isDevelopment: !app.isPackaged,
  userData: heard('RAPPORT_USER_DATA'),
  serverUrl: heard('RAPPORT_SERVER_URL'),
  /** End-to-end tests: notifications are kept in a global in place of being shown, and no dialog waits for a click. */
  isUnderTest: heard('RAPPORT_E2E') === '1',
  canQuitWithUnsent: heard('RAPPORT_E2E') === '1' && heard('RAPPORT_E2E_QUIT') !== undefined,
  /** A driver is bound to one process: under test locking replaces the window only, unless a test asks for the real thing. */
  keepsProcess: heard('RAPPORT_E2E') === '1' && heard('RAPPORT_E2E_RELAUNCH') === undefined,
  idleLockSeconds: Number(heard('RAPPORT_IDLE_LOCK_SECONDS') ?? '300'),
}

/** Ends the process at once when it was started with something that takes the walls down. Must come before all else. */
export function refuseDangerousStart(): void {
  if (!app.isPackaged) return
  const { commandLine } = app
  const start = { hasSwitch: (name: string) => commandLine.hasSwitch(name), switchValue: (name: string) => commandLine.getSwitchValue(name), args: process.argv, env: process.env }
  const refused = findRefusedSwitch(start, isTestPackage)
  if (refused === undefined) return
  console.error(`Rapport does not start with ${refused}.`)
  app.exit(REFUSED_EXIT_CODE)
  process.exit(REFUSED_EXIT_CODE) // app.exit returns before the process ends, and nothing below may run
}
