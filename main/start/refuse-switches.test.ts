import { expect, test } from 'vitest'
import { findRefusedSwitch, type StartSurroundings } from './refuse-switches.ts'

const start = (switches: Record<string, string>, more: Partial<StartSurroundings> = {}): StartSurroundings => ({
  hasSwitch: (name) => name in switches,
  switchValue: (name) => switches[name] ?? '',
  args: ['rapport'],
  env: {},
  ...more,
})

const refused = [
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
]

test.each(refused)('a shipped package does not start with --%s', (name) => {
  expect(findRefusedSwitch(start({ [name]: '' }), false)).toBe(name)
})

test.each(['--inspect', '--inspect=0', '--inspect-brk', '-inspect', '--INSPECT-publish-uid=http'])('nor with %s', (arg) => {
  expect(findRefusedSwitch(start({}, { args: ['rapport', arg] }), false)).toMatch(/^inspect/)
})

const variables = [
  'SSLKEYLOGFILE',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'ELECTRON_ENABLE_LOGGING',
  'ELECTRON_LOG_FILE',
  'ELECTRON_LOG_ASAR_READS',
  'CHROME_LOG_FILE',
  'NODE_EXTRA_CA_CERTS',
]
test.each(variables)('nor with %s in the environment', (name) => {
  expect(findRefusedSwitch(start({}, { env: { [name]: '1' } }), false)).toBe(name)
})

test('nor with a password store in plain text; a real one is welcome', () => {
  expect(findRefusedSwitch(start({ 'password-store': 'basic' }), false)).toBe('password-store=basic')
  expect(findRefusedSwitch(start({ 'password-store': 'gnome-libsecret' }), false)).toBeUndefined()
  expect(findRefusedSwitch(start({}), false)).toBeUndefined()
})

test('a test package opens the debugging port and nothing else', () => {
  expect(refused.filter((name) => findRefusedSwitch(start({ [name]: '' }), true) === undefined)).toEqual(['remote-debugging-port', 'no-sandbox'])
})

test.each(['--renderer-cmd-prefix=x', '--ENABLE-LOGGING', '-disable-features=X', '/remote-debugging-port=1', '--a-switch-of-the-next-version'])(
  'nor with %s, which is not known to be harmless',
  (arg) => {
    expect(findRefusedSwitch(start({}, { args: ['rapport', arg] }), false)).toBeDefined()
    expect(findRefusedSwitch(start({}, { args: ['rapport', '--', arg] }), false)).toBeDefined()
  },
)

test.each(['--lang=de', '--ozone-platform=wayland', '--disable-gpu', '--force-device-scale-factor=2', '-psn_0_12345', '/home/anna/note.txt'])('it starts with %s', (arg) => {
  expect(findRefusedSwitch(start({}, { args: ['rapport', arg] }), false)).toBeUndefined()
})
