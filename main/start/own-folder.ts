import { chmodSync } from 'node:fs'

/** Nobody else on this machine reads or exchanges what lies in the app's folder, also where it was copied from elsewhere or opened to others. */
export function closeToOthers(folder: string): void {
  try {
    chmodSync(folder, 0o700)
  } catch {
    // not ours to change: what is in it is sealed all the same
  }
}
