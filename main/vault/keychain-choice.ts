import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readLastVault, vaultFolderOf } from '../session/person-file.ts'

/** Electron's names of what Linux offers → the switch that asks for it. What is not here is never asked for: 'basic' would be plain text. */
const SWITCH_VALUES: Readonly<Record<string, string>> = { gnome_libsecret: 'gnome-libsecret', kwallet: 'kwallet', kwallet5: 'kwallet5', kwallet6: 'kwallet6' }

/**
 * The value of `--password-store` with which the vault that was used last opens, whatever desktop the person logged in to
 * today; undefined = leave the choice to Chromium. Read before the app is ready: later the choice is made.
 */
export function passwordStoreOf(userData: string, platform: NodeJS.Platform = process.platform): string | undefined {
  const last = platform === 'linux' ? readLastVault(userData, undefined) : undefined
  if (!last) return undefined
  try {
    const header = JSON.parse(readFileSync(join(vaultFolderOf(userData, last), 'header.json'), 'utf8')) as { keychain?: { backend?: unknown } | null } | null
    const backend = header?.keychain?.backend
    return typeof backend === 'string' && Object.hasOwn(SWITCH_VALUES, backend) ? SWITCH_VALUES[backend] : undefined
  } catch {
    return undefined // no header, or a damaged one
  }
}
