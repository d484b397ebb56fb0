import { randomBytes } from 'node:crypto'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { isSealingOff, passThrough } from './seal-nothing.ts'

const NONCE_BYTES = 24

const cipherOf = isSealingOff ? passThrough : xchacha20poly1305

/**
 * XChaCha20-Poly1305 under a random nonce, which is long enough never to repeat.
 * @param place what the bytes are bound to; they open only under the same one
 * @returns nonce, cipher text, tag
 */
export function seal(key: Uint8Array, place: Uint8Array | string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  return Buffer.concat([nonce, cipherOf(key, nonce, toBytes(place)).encrypt(plain)])
}

/** @returns undefined where the key or the place is another one, or a byte was changed */
export function unseal(key: Uint8Array, place: Uint8Array | string, sealed: Uint8Array): Buffer | undefined {
  if (sealed.length < NONCE_BYTES + 16) return undefined
  try {
    return Buffer.from(cipherOf(key, sealed.subarray(0, NONCE_BYTES), toBytes(place)).decrypt(sealed.subarray(NONCE_BYTES)))
  } catch {
    return undefined // the only error that decrypt has is a tag that does not fit
  }
}

const toBytes = (place: Uint8Array | string) => (typeof place === 'string' ? Buffer.from(place, 'utf8') : place)
