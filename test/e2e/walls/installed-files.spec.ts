/** The app's own files exchanged, and a second start that wants to tell the first one something. */
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { expect, type PackedApp, test } from '../../support/packed-app.ts'
import { endProcess, isAlive, pidOf } from '../../support/processes.ts'
import { removeFolder } from '../../support/remove-folder.ts'
import { waitFor } from '../../support/wait-for.ts'

const resourcesOf = (app: PackedApp) => join(dirname(app.executable), 'resources')

/** A program in the place where Electron might look for one; what it does shows at `mark`. */
function plant(folder: string, mark: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'planted', main: 'main.js' }))
  writeFileSync(join(folder, 'main.js'), `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '')`)
}

for (const name of ['app', 'default_app.asar', 'app.asar'])
  test(`a folder ${name} in the place of the archive is not run`, async ({ shipped }) => {
    const resources = resourcesOf(shipped)
    const mark = join(shipped.home, `ran-${name}`)
    renameSync(join(resources, 'app.asar'), join(resources, 'held'))
    try {
      plant(join(resources, name), mark)
      expect(await shipped.outcome([])).toBe(1)
      expect(existsSync(mark)).toBe(false)
    } finally {
      rmSync(join(resources, name), { recursive: true, force: true })
      renameSync(join(resources, 'held'), join(resources, 'app.asar'))
    }
  })

test('a folder beside the archive is left alone', async ({ shipped }) => {
  const folder = join(resourcesOf(shipped), 'app')
  const mark = join(shipped.home, 'ran-beside')
  plant(folder, mark)
  try {
    expect(await shipped.outcome([], {}, 3_000)).toBe('running')
    expect(existsSync(mark)).toBe(false)
  } finally {
    removeFolder(folder)
  }
})

/** Says to the first process what a second one would: where it was started and with which arguments. */
const tell = (path: string, args: readonly string[]) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(path, () => socket.end(`START\0/tmp\0${args.join('\0')}`))
    socket.once('data', (data) => resolve(data.toString('utf8'))).once('error', reject)
  })

test('what a second start says is not heard: no switch, no address, no file', async ({ shipped }) => {
  test.skip(process.platform !== 'linux', 'the way to the first process is another one elsewhere')
  const home = join(shipped.home, 'second')
  mkdirSync(home)
  chmodSync(home, 0o777)
  const env = { XDG_CONFIG_HOME: home }
  const first = shipped.spawn([], env)
  const pid = pidOf(first)
  try {
    const log = join(home, 'Rapport', 'logs', 'main.log')
    await waitFor('the first process', () => (existsSync(log) ? true : undefined), { withinMs: 30_000 })
    const socket = realpathSync(join(home, 'Rapport', 'SingletonSocket'))
    const port = 47_999
    for (const args of [
      [`--remote-debugging-port=${port}`],
      [`--inspect=${port}`],
      ['rapport://settings?serverUrl=https://evil.example', 'file:///etc/passwd'],
      Array<string>(5_000).fill('x'),
    ])
      expect(await tell(socket, ['rapport', ...args])).toContain('ACK')
    expect(await shipped.outcome(['rapport://settings', '/etc/passwd'], env)).toBe(0) // leaves it to the first one
    await expect(new Promise((resolve, reject) => connect(port, '127.0.0.1', () => resolve('open')).once('error', reject))).rejects.toThrow('ECONNREFUSED')
    expect(isAlive(pid)).toBe(true)
    expect(readFileSync(log, 'utf8').trim().split('\n')).toHaveLength(1)
    expect(existsSync(join(home, 'Rapport', 'settings.json'))).toBe(false)
  } finally {
    await endProcess(pid, 'SIGKILL')
  }
})
