import { powerMonitor } from 'electron'

export interface IdleLockOptions {
  readonly idleSeconds: number
  readonly lock: (why: 'idle' | 'suspend' | 'screen-lock') => void
  readonly onResume: () => void
}

const CHECK_MS = 10_000

/** Locks when the laptop is left alone, goes to sleep or locks its screen. The answer tells it of a sign of the person. */
export function watchIdle({ idleSeconds, lock, onResume }: IdleLockOptions): { noteInput(): void } {
  let lastInputMs = performance.now()
  // Input that the system does not count, such as that of a remote control, counts where it reaches the window.
  const idleForSeconds = () => Math.min(powerMonitor.getSystemIdleTime(), (performance.now() - lastInputMs) / 1_000)
  setInterval(() => {
    if (idleForSeconds() >= idleSeconds) lock('idle')
  }, CHECK_MS)
  powerMonitor.on('suspend', () => lock('suspend'))
  powerMonitor.on('lock-screen', () => lock('screen-lock'))
  powerMonitor.on('resume', onResume)
  return {
    noteInput() {
      lastInputMs = performance.now()
    },
  }
}
