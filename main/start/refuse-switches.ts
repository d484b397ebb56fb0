/** Command line and environment as the check needs them; `app.commandLine` in the app. */
export interface StartSurroundings {
  readonly hasSwitch: (name: string) => boolean
  readonly switchValue: (name: string) => string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Each would let somebody read along, look inside, or weaken a wall of the app. */
const refusedSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'js-flags',
  'no-sandbox',
  'disable-web-security',
  'ignore-certificate-errors',
  'proxy-server',
  'proxy-pac-url',
  'host-resolver-rules',
  'load-extension',
  'log-net-log',
  'user-data-dir',
] as const
const refusedVariables = ['SSLKEYLOGFILE', 'NODE_TLS_REJECT_UNAUTHORIZED'] as const

/** What a package that tests drive needs: a port to attach to, and root on a build machine has no sandbox. */
const allowedInTestPackage: readonly string[] = ['remote-debugging-port', 'no-sandbox']

/** Exit code of a refused start: EX_CONFIG of sysexits.h. */
export const REFUSED_EXIT_CODE = 78

/** @returns the first switch or variable with which a packaged app does not start; undefined = none */
export function findRefusedSwitch(start: StartSurroundings, isTestPackage: boolean): string | undefined {
  const named = refusedSwitches.find((name) => start.hasSwitch(name) && !(isTestPackage && allowedInTestPackage.includes(name)))
  if (named) return named
  const inspecting = start.args.find((arg) => /^--?inspect/i.test(arg))
  if (inspecting) return 'inspect'
  if (start.switchValue('password-store').toLowerCase() === 'basic') return 'password-store=basic'
  return refusedVariables.find((name) => start.env[name] !== undefined)
}
