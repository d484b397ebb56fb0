import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { WindowCipher } from '../../shared/ipc/ipc-contract.ts'
import { isSealingOff, passThrough } from '../lib/seal-nothing.ts'

export interface WindowKeys {
  readonly data: Uint8Array // 32 bytes: seals bodies
  readonly index: Uint8Array // 32 bytes: makes look-up tokens; another key, so that tokens tell nothing about bodies
}

const cipherOf = isSealingOff ? passThrough : xchacha20poly1305
const FORMAT = 1
const NONCE_BYTES = 24
const TOKEN_BYTES = 16
const LENGTH_BYTES = 4
/** Bodies grow in steps, so that their size tells little about a note's length. */
const STEP_BYTES = 256

/**
 * Sealed body: format 1 byte | nonce 24 | cipher text and tag. In clear text: length u32 little-endian | body | zeros.
 * @param keys asked at each call; throws 'cipher/locked' before the window has them
 */
export function makeCipher(keys: () => WindowKeys): WindowCipher {
  const open = (aad: string, sealed: Uint8Array) => {
    refuseOdd(aad, sealed)
    return openBody(keys().data, aad, sealed)
  }
  return {
    seal: (aad, plain) => {
      refuseOdd(aad, plain)
      return sealBody(keys().data, aad, plain)
    },
    open,
    openMany: (items) => items.map(({ aad, sealed }) => open(aad, sealed)),
    token: (text) => {
      refuseOdd(text)
      return toBase64Url(hmac(sha256, keys().index, utf8(text)).subarray(0, TOKEN_BYTES))
    },
  }
}

/** What the page hands over may be anything: a made-up `length` would fill the memory, an object's `toString` would run. */
function refuseOdd(text: unknown, bytes?: unknown): void {
  if (typeof text !== 'string') throw new Error('cipher/invalid')
  if (bytes !== undefined && !(ArrayBuffer.isView(bytes) && Object.prototype.toString.call(bytes) === '[object Uint8Array]')) throw new Error('cipher/invalid')
}

function sealBody(key: Uint8Array, aad: string, plain: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((LENGTH_BYTES + plain.length) / STEP_BYTES) * STEP_BYTES)
  new DataView(padded.buffer).setUint32(0, plain.length, true)
  padded.set(plain, LENGTH_BYTES)
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const body = cipherOf(key, nonce, utf8(aad)).encrypt(padded)
  const sealed = new Uint8Array(1 + NONCE_BYTES + body.length)
  sealed[0] = FORMAT
  sealed.set(nonce, 1)
  sealed.set(body, 1 + NONCE_BYTES)
  return sealed
}

function openBody(key: Uint8Array, aad: string, sealed: Uint8Array): Uint8Array {
  try {
    if (sealed[0] !== FORMAT) throw new Error('unknown format')
    const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
    const padded = cipherOf(key, nonce, utf8(aad)).decrypt(sealed.subarray(1 + NONCE_BYTES))
    const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0, true)
    return padded.slice(LENGTH_BYTES, LENGTH_BYTES + length)
  } catch {
    throw new Error('cipher/invalid')
  }
}

const utf8 = (text: string) => new TextEncoder().encode(text)

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
