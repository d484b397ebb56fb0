/** A display for windows: the person's own, or a virtual one on machines without a screen. */
import { startProcess, stopProcess } from './child-process.mjs'

/** @typedef {{ env: Record<string, string>, description: string, stop: () => Promise<void> }} Display  env: to add for programs that open windows */

/**
 * @returns {Promise<Display>}
 * @throws {Error} when there is no screen and Xvfb cannot be started
 */
export async function openDisplay() {
  if (process.platform !== 'linux') return { env: {}, description: 'this desktop', stop: async () => {} }
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  if (DISPLAY || WAYLAND_DISPLAY) {
    return { env: {}, description: `display ${DISPLAY || WAYLAND_DISPLAY}`, stop: async () => {} }
  }
  return startVirtualDisplay()
}

/**
 * @template T
 * @param {(env: Record<string, string>) => Promise<T>} work is told what to add for programs that open windows
 * @returns {Promise<T>}
 */
export async function withDisplay(work) {
  const display = await openDisplay()
  try {
    return await work(display.env)
  } finally {
    await display.stop()
  }
}

/** @returns {Promise<Display>} */
async function startVirtualDisplay() {
  // Xvfb picks a free number itself and writes it to file descriptor 3 once it takes connections.
  const args = ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp', '-noreset']
  const handle = startProcess('Xvfb', 'Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
  let complaint = ''
  handle.child.stderr?.on('data', (chunk) => {
    complaint += chunk
  })
  const number = await new Promise((resolve, reject) => {
    const ready = /** @type {import('node:stream').Readable} */ (handle.child.stdio[3])
    ready.once('data', (chunk) => resolve(String(chunk).trim()))
    void handle.exited.then((code) =>
      reject(new Error(`No screen, and no virtual one either: Xvfb ended with code ${code}. ${complaint.trim()}\nInstall it with: apt-get install xvfb`)),
    )
  })
  return {
    env: { DISPLAY: `:${number}` },
    description: `virtual display :${number} (no screen found)`,
    stop: () => stopProcess(handle),
  }
}
