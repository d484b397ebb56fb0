/** Ends a process at once, with everything it started. @param {number | undefined} pid leader of the group */
export function endNow(pid) {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // It ended by itself in the meantime.
  }
}
