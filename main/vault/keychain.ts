import { safeStorage } from 'electron'

/** Where the second half of the vault's key lies: with the operating system, bound to the person's log-in. */
export interface Keychain {
  readonly backend: string // 'gnome_libsecret', 'kwallet5' …, 'os' on macOS and Windows
  wrap(secret: Uint8Array): Buffer
  /** Undefined when the keychain does not know its own key any more (reset, another account). */
  unwrap(wrapped: Uint8Array): Buffer | undefined
}

/**
 * Undefined where there is no real keychain: Linux without a keyring would keep the secret in plain text.
 * The passphrase then stands alone.
 */
export function findKeychain(): Keychain | undefined {
  if (!safeStorage.isEncryptionAvailable()) return undefined
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'os'
  if (backend === 'basic_text' || backend === 'unknown') return undefined
  return { backend, wrap: (secret) => safeStorage.encryptString(Buffer.from(secret).toString('base64')), unwrap }
}

function unwrap(wrapped: Uint8Array): Buffer | undefined {
  try {
    return Buffer.from(safeStorage.decryptString(Buffer.from(wrapped)), 'base64')
  } catch {
    return undefined
  }
}
