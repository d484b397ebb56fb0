/** Every switch and variable that would take a wall down: the shipped package ends with code 78 before it does anything. */
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../../support/packed-app.ts'

const REFUSED = 78

const switches = [
  '--remote-debugging-port=0',
  '--remote-debugging-pipe',
  '--inspect',
  '--inspect-brk',
  '--inspect-port=0',
  '--js-flags=--expose-gc',
  '--no-sandbox',
  '--disable-web-security',
  '--ignore-certificate-errors',
  '--proxy-server=127.0.0.1:1',
  '--proxy-pac-url=http://127.0.0.1:1/',
  '--host-resolver-rules=MAP * 127.0.0.1',
  '--load-extension=/tmp',
  '--log-net-log=/tmp/rapport-net.json',
  '--user-data-dir=/tmp/rapport-other',
  '--password-store=basic',
]
const variants = [
  '--inspect=0',
  '--inspect-brk-node',
  '--inspect-brk=127.0.0.1:0',
  '--inspect-wait',
  '--debug-port=0',
  '-inspect',
  '--INSPECT',
  '-remote-debugging-port=0',
  '--REMOTE-DEBUGGING-PORT=0',
  '--remote-debugging-address=0.0.0.0',
  '--remote-allow-origins=*',
  '--js-flags=--inspect',
  '-js-flags=--allow-natives-syntax',
  '--password-store=BASIC',
  '--No-Sandbox',
  '--no-sandbox=',
  '--disable-setuid-sandbox',
  '--disable-gpu-sandbox',
  '--single-process',
  '--renderer-cmd-prefix=/bin/true',
  '--utility-cmd-prefix=/bin/true',
  '--gpu-launcher=/bin/true',
  '--browser-subprocess-path=/bin/true',
  '--disable-features=IsolateOrigins',
  '--enable-blink-features=MojoJS',
  '--disable-site-isolation-trials',
  '--allow-running-insecure-content',
  '--unsafely-treat-insecure-origin-as-secure=http://x',
  '--ignore-certificate-errors-spki-list=x',
  '--ssl-key-log-file=/tmp/rapport-keys',
  '--host-rules=MAP * 127.0.0.1',
  '--proxy-bypass-list=*',
  '--no-proxy-server',
  '--enable-logging',
  '--log-file=/tmp/rapport.log',
  '--trace-startup',
  '--crash-dumps-dir=/tmp',
  '--disk-cache-dir=/tmp/rapport-cache',
  '--experimental-network-inspection',
  '--require=/tmp/x.js',
  '-r',
  '--import=/tmp/x.mjs',
]

test('the shipped package starts without them', async ({ shipped }) => {
  expect(await shipped.outcome(['--lang=de', '--disable-gpu', 'note.txt'], {}, 4_000)).toBe('running')
})

for (const arg of [...switches, ...variants])
  test(`the shipped package refuses ${arg}`, async ({ shipped }) => {
    expect(await shipped.outcome([arg])).toBe(REFUSED)
  })

for (const arg of ['--inspect=0', '--remote-debugging-port=0', '--no-sandbox', '--js-flags=--inspect'])
  test(`the shipped package refuses ${arg} after --, and behind other arguments`, async ({ shipped }) => {
    expect(await shipped.outcome(['--', arg])).toBe(REFUSED)
    expect(await shipped.outcome(['note.txt', '--lang=de', arg])).toBe(REFUSED)
  })

for (const [name, value] of [
  ['SSLKEYLOGFILE', '/tmp/rapport-keys'],
  ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
  ['ELECTRON_ENABLE_LOGGING', '1'],
  ['ELECTRON_LOG_FILE', '/tmp/rapport-log'],
  ['ELECTRON_DISABLE_SANDBOX', '1'],
  ['NODE_DEBUG', 'http'],
  ['NODE_V8_COVERAGE', '/tmp/rapport-coverage'],
] as const)
  test(`the shipped package refuses ${name} in the environment`, async ({ shipped }) => {
    expect(await shipped.outcome([], { [name]: value })).toBe(REFUSED)
  })

test('the shipped package is no Node: ELECTRON_RUN_AS_NODE runs nothing', async ({ shipped }) => {
  const mark = join(shipped.home, 'ran-as-node')
  const script = `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '')`
  expect(await shipped.outcome(['-e', script], { ELECTRON_RUN_AS_NODE: '1' })).toBe(REFUSED)
  expect(existsSync(mark)).toBe(false)
})

for (const [name, outcome] of [
  ['NODE_OPTIONS', 'running'],
  ['NODE_REPL_EXTERNAL_MODULE', 9], // Electron's own refusal
] as const)
  test(`the shipped package loads nothing that ${name} names`, async ({ shipped }) => {
    const mark = join(shipped.home, `ran-by-${name}`)
    const script = join(shipped.home, `${name}.cjs`)
    writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '')`)
    expect(await shipped.outcome([], { [name]: name === 'NODE_OPTIONS' ? `--require=${script}` : script }, 3_000)).toBe(outcome)
    expect(existsSync(mark)).toBe(false)
  })

test('the shipped package takes no other folder, archive or server from the environment', async ({ shipped }) => {
  const folder = join(shipped.home, 'elsewhere')
  mkdirSync(folder)
  chmodSync(folder, 0o777)
  const env = {
    RAPPORT_USER_DATA: folder,
    RAPPORT_PROBE: join(folder, 'probe'),
    RAPPORT_E2E: '1',
    RAPPORT_SERVER_URL: 'http://127.0.0.1:1',
    ELECTRON_OVERRIDE_DIST_PATH: folder,
    ELECTRON_IS_DEV: '1',
  }
  expect(await shipped.outcome([folder], env, 3_000)).toBe('running')
  expect(readdirSync(folder)).toEqual([])
})

test('the test package takes the two switches of its driver and no other', async ({ packed }) => {
  expect(await packed.outcome(['--remote-debugging-port=0'], {}, 2_000)).toBe('running')
  for (const arg of ['--remote-debugging-pipe', '--inspect=0', '--proxy-server=127.0.0.1:1', '--disable-web-security']) expect(await packed.outcome([arg])).toBe(REFUSED)
})
