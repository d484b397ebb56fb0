import { createHash, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomically } from '../lib/atomic-write.ts'
import { seal, unseal } from '../lib/seal.ts'

/** DER around the 32 bytes of a raw X25519 key (RFC 8410). */
const PUBLIC_HEAD = Buffer.from('302a300506032b656e032100', 'hex')
const PRIVATE_HEAD = Buffer.from('302e020100300506032b656e04220420', 'hex')
const KEY_BYTES = 32

const publicKeyOf = (raw: Uint8Array): KeyObject => createPublicKey({ key: Buffer.concat([PUBLIC_HEAD, raw]), format: 'der', type: 'spki' })
const rawPublicOf = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES)

/** A new key pair of the firm. @returns 32 bytes each */
export function makeRecoveryPair(): { readonly publicKey: Buffer; readonly privateKey: Buffer } {
  const { publicKey, privateKey } = generateKeyPairSync('x25519')
  return { publicKey: rawPublicOf(publicKey), privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-KEY_BYTES) }
}

/**
 * What people compare when a laptop is offered another key: 96 bits in two halves, one told by each of the two who keep the key.
 * @param publicKey base64 @returns 'xxxx xxxx xxxx' each, in hexadecimal
 */
export function fingerprintHalvesOf(publicKey: string): readonly [first: string, second: string] {
  const digits = createHash('sha256').update(publicKey).digest('hex')
  const half = (from: number) => digits.slice(from, from + 12).replaceAll(/(.{4})(?=.)/g, '$1 ')
  return [half(0), half(12)]
}

const keyFor = (shared: Buffer, ephemeral: Uint8Array, firm: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', shared, Buffer.concat([ephemeral, firm]), 'rapport/recovery/1', KEY_BYTES))

/** Only the firm's private key opens the answer: not this laptop, not the person. @returns ephemeral public key, sealed bytes */
export function sealForFirm(firmPublicKey: Uint8Array, place: string, plain: Uint8Array): Buffer {
  const ephemeral = generateKeyPairSync('x25519')
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: publicKeyOf(firmPublicKey) })
  const ephemeralPublic = rawPublicOf(ephemeral.publicKey)
  return Buffer.concat([ephemeralPublic, seal(keyFor(shared, ephemeralPublic, firmPublicKey), place, plain)])
}

/** Undefined for another key, another place or changed bytes. */
export function openForFirm(firmPrivateKey: Uint8Array, place: string, sealed: Uint8Array): Buffer | undefined {
  const privateKey = createPrivateKey({ key: Buffer.concat([PRIVATE_HEAD, firmPrivateKey]), format: 'der', type: 'pkcs8' })
  const ephemeral = sealed.subarray(0, KEY_BYTES)
  try {
    const shared = diffieHellman({ privateKey, publicKey: publicKeyOf(ephemeral) })
    return unseal(keyFor(shared, ephemeral, rawPublicOf(createPublicKey(privateKey))), place, sealed.subarray(KEY_BYTES))
  } catch {
    return undefined // a point that is none
  }
}

/** Beside the header, not in it: it has to survive a header that was damaged or whose keys were erased. */
const wrapSchema = z.strictObject({ vaultId: z.string(), publicKey: z.base64().max(100), sealed: z.base64().max(10_000) })
export type RecoveryWrap = Readonly<z.infer<typeof wrapSchema>>

const pathIn = (folder: string) => join(folder, 'recovery.json')
export const placeOfRecovery = (vaultId: string): string => `rapport/recovery/${vaultId}`

export async function readRecoveryWrap(folder: string): Promise<RecoveryWrap | undefined> {
  try {
    return wrapSchema.parse(JSON.parse(await readFile(pathIn(folder), 'utf8')))
  } catch {
    return undefined // none, or damaged: it is made again with the next session
  }
}

export const writeRecoveryWrap = (folder: string, wrap: RecoveryWrap): Promise<void> => writeFileAtomically(pathIn(folder), JSON.stringify(wrap))
