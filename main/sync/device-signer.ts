import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import type { Signer } from '../../shared/sync/signing.ts'

// What precedes the 32 bytes of an Ed25519 key in DER (RFC 8410).
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI_PREFIX_BYTES = 12

/**
 * Signs this device's commands (S1).
 * @param seed the key's 32 secret bytes, read at each use: after the vault is closed they are zero, and nothing of the key stays here
 */
export function deviceSignerOf(seed: Uint8Array): Signer {
  const openKey = () => {
    const der = Buffer.concat([PKCS8_PREFIX, seed])
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    der.fill(0)
    return key
  }
  return {
    publicKey: createPublicKey(openKey()).export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX_BYTES).toString('base64url'),
    sign: (text) => sign(null, Buffer.from(text), openKey()).toString('base64url'),
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  }
}
