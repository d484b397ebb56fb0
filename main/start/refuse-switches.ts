/** Command line and environment as the check needs them; `app.commandLine` in the app. */
export interface StartSurroundings {
  readonly hasSwitch: (name: string) => boolean
  readonly switchValue: (name: string) => string
  /** The process's own arguments, the program first. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Each would let somebody read along, look inside, or weaken a wall of the app. They are looked for where Chromium keeps
 * them, which also holds what was not on the command line; what stands on the command line has to be on the next list.
 */
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

/**
 * All that may stand on the command line: how it looks, which keychain, and what operating systems add themselves.
 * Chromium has some 1,500 switches, and more with each version, so that no list of bad ones is ever whole.
 */
const harmlessSwitches: ReadonlySet<string> = new Set([
  'disable-gpu',
  'disable-gpu-compositing',
  'disable-software-rasterizer',
  'embedding', // Windows, where a notification was clicked
  'force-device-scale-factor',
  'gtk-version',
  'high-dpi-support',
  'lang',
  'no-first-run',
  'original-process-start-time', // Windows, second instance
  'allow-file-access-from-files', // Windows, second instance: Chromium's own launcher adds it, and no file:// page exists
  'ozone-platform',
  'ozone-platform-hint',
  'password-store',
])

/** Two open what goes over the line; the others are switches by another way, which write down what the app does. */
const refusedVariables = [
  'SSLKEYLOGFILE',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'ELECTRON_ENABLE_LOGGING',
  'ELECTRON_LOG_FILE',
  'ELECTRON_LOG_ASAR_READS',
  'ELECTRON_ENABLE_STACK_DUMPING',
  'CHROME_LOG_FILE',
  'NODE_EXTRA_CA_CERTS',
  'NODE_DEBUG', // writes addresses of the sign-in in the browser
  'NODE_V8_COVERAGE',
] as const

/** What a package that tests drive needs: a port to attach to, and root on a build machine has no sandbox. */
const allowedInTestPackage: readonly string[] = ['remote-debugging-port', 'no-sandbox']

/** Exit code of a refused start: EX_CONFIG of sysexits.h. */
export const REFUSED_EXIT_CODE = 78

/** @returns the first switch or variable with which a packaged app does not start; undefined = none */
export function findRefusedSwitch(start: StartSurroundings, isTestPackage: boolean): string | undefined {
  const isAllowed = (name: string) => isTestPackage && allowedInTestPackage.includes(name)
  const given = start.args.slice(1).map(switchNameOf)
  return (
    refusedSwitches.find((name) => (start.hasSwitch(name) || given.includes(name)) && !isAllowed(name)) ??
    (isPlainStore(start) ? 'password-store=basic' : undefined) ??
    given.find((name) => name !== undefined && !harmlessSwitches.has(name) && !isAllowed(name)) ??
    refusedVariables.find((name) => start.env[name] !== undefined)
  )
}

/** Lower case and without its value, wherever on the line it stands; undefined where it is no switch. Windows knows '/name' too. */
function switchNameOf(arg: string): string | undefined {
  if (/^-psn_\d+_\d+$/.test(arg)) return undefined // macOS, from the Finder
  const name = /^(?:--?|\/(?=[a-z-]+(?:=|$)))([^=]+)/i.exec(arg.trim())?.[1]
  return name?.toLowerCase()
}

const isPlainStore = (start: StartSurroundings): boolean =>
  start.switchValue('password-store').toLowerCase() === 'basic' || start.args.some((arg) => /^--?password-store=basic$/i.test(arg.trim()))
