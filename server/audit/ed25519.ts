import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'
import type { Signer } from '../../shared/sync/signing.ts'

// What precedes the 32 bytes of an Ed25519 key in DER (RFC 8410).
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

export const sha256Hex = (text: string): string => hash('sha256', text, 'hex')

/** A key for signing out of its 32 secret bytes. */
export function signerOf(seed: Uint8Array): Signer {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length).toString('base64url')
  return { publicKey, sign: (text) => sign(null, Buffer.from(text), key).toString('base64url'), sha256: sha256Hex }
}

/** Points of small order, sign bit cleared: one signature holds for every text, so that whoever has such a key could deny what they signed. */
const SMALL_ORDER: readonly string[] = [
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  ...['ec', 'ed', 'ee'].map((first) => `${first}${'ff'.repeat(30)}7f`),
]

function isSmallOrder(raw: Uint8Array): boolean {
  const point = Buffer.from(raw)
  point[31] = (point[31] ?? 0) & 0x7f
  return SMALL_ORDER.includes(point.toString('hex'))
}

/** @returns null for text that is no public key, or one that proves nothing */
export function publicKeyOf(text: string): KeyObject | null {
  const raw = Buffer.from(text, 'base64url')
  if (raw.length !== 32 || raw.toString('base64url') !== text || isSmallOrder(raw)) return null
  try {
    return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}

export const isSignedBy = (key: KeyObject, text: string, signature: string): boolean => verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'))

/** The same in a thread of the pool, so that a push of 500 does not hold up other requests. */
export const isSignedByInPool = (key: KeyObject, text: string, signature: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'), (error, isRight) => (error ? reject(error) : resolve(isRight)))
  })
