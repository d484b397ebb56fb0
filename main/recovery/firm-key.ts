import { hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { seal, unseal } from '../lib/seal.ts'
import { deriveWrappingKey } from '../vault/derive-key.ts'
import { makeRecoveryPair } from '../vault/recovery-wrap.ts'
import { defaultKdfCost, kdfSchema } from '../vault/vault-header.ts'

/** The firm's private key, sealed so that only two people together open it. Kept offline. */
export const firmKeyFileSchema = z.strictObject({ format: z.literal(1), publicKey: z.base64(), firstKdf: kdfSchema, secondKdf: kdfSchema, sealed: z.base64() })
export type FirmKeyFile = Readonly<z.infer<typeof firmKeyFileSchema>>

/** One for each of two people. */
export type TwoPassphrases = readonly [first: string, second: string]

const placeOf = (publicKey: string) => `rapport/firm-key/1/${publicKey}`

async function keyOfTwo([first, second]: TwoPassphrases, file: Pick<FirmKeyFile, 'firstKdf' | 'secondKdf'>): Promise<Buffer> {
  const none = new Uint8Array()
  const halves = [await deriveWrappingKey(first, none, file.firstKdf), await deriveWrappingKey(second, none, file.secondKdf)]
  return Buffer.from(hkdfSync('sha256', Buffer.concat(halves), Buffer.alloc(0), 'rapport/firm-key/1', 32))
}

export async function makeFirmKey(passphrases: TwoPassphrases): Promise<FirmKeyFile> {
  const pair = makeRecoveryPair()
  const publicKey = pair.publicKey.toString('base64')
  const kdf = () => ({ ...defaultKdfCost, salt: randomBytes(16).toString('base64') })
  const kdfs = { firstKdf: kdf(), secondKdf: kdf() }
  const sealed = seal(await keyOfTwo(passphrases, kdfs), placeOf(publicKey), pair.privateKey)
  pair.privateKey.fill(0)
  return { format: 1, publicKey, ...kdfs, sealed: sealed.toString('base64') }
}

/** @returns the private key; undefined when one of the two passphrases is wrong or the file was changed */
export async function openFirmKey(file: FirmKeyFile, passphrases: TwoPassphrases): Promise<Buffer | undefined> {
  return unseal(await keyOfTwo(passphrases, file), placeOf(file.publicKey), Buffer.from(file.sealed, 'base64'))
}
