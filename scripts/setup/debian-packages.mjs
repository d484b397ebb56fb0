/** System libraries that Electron needs on Linux. Checked through dpkg; other distributions are left to the person. */

import { timed } from '../process/progress.mjs'
import { mustRunCommand, runCommand } from '../process/run-command.mjs'

const packages = [
  // Electron and its virtual screen
  'xvfb',
  'xauth',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libatk-bridge2.0-0',
  'libsecret-1-0',
  'dbus',
  // a keyring for the tests of key storage
  'gnome-keyring',
  'dbus-x11',
  // certutil: lets a test trust a certificate authority of its own
  'libnss3-tools',
]

/** @throws {Error} that lists what to install, when packages are missing and this user may not install any */
export async function ensureDebianPackages() {
  if (process.platform !== 'linux') return
  const missing = await listMissing()
  if (missing.length === 0) return
  if (process.getuid?.() !== 0) {
    throw new Error(`These Debian packages are missing: ${missing.join(' ')}\nInstall them with: sudo apt-get install ${missing.join(' ')}`)
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const waitForLock = ['-o', 'DPkg::Lock::Timeout=120', '-qq']
  await timed(`setup: apt-get install ${missing.join(' ')}`, async () => {
    await mustRunCommand('apt-get', [...waitForLock, 'update'], { env })
    const names = await Promise.all(missing.map(nameForThisRelease))
    await mustRunCommand('apt-get', [...waitForLock, 'install', '-y', '--no-install-recommends', ...names], { env })
  })
}

/** @returns {Promise<string[]>} empty on systems without dpkg */
async function listMissing() {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are dpkg's
  const query = ['-W', '-f', '${binary:Package} ${Status}\\n', ...packages.flatMap((name) => [name, `${name}t64`])]
  const { code, stdout } = await runCommand('dpkg-query', query)
  if (code === 127) return []
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.endsWith(' install ok installed'))
      .map((line) => line.split(/[: ]/)[0]),
  )
  return packages.filter((name) => !installed.has(name) && !installed.has(`${name}t64`))
}

/**
 * Debian 13 and Ubuntu 24.04 renamed some libraries when time became 64 bits wide.
 * @param {string} name
 */
async function nameForThisRelease(name) {
  const { stdout } = await runCommand('apt-cache', ['search', '--names-only', `^${name}t64$`])
  return stdout.trim() ? `${name}t64` : name
}
