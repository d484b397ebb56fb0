import { z } from 'zod'
import { canonicalJson } from '../../shared/lib/canonical-json.ts'
import { writeFileAtomically } from '../lib/atomic-write.ts'
import { readIfThere } from '../lib/read-if-there.ts'

export const wrappedKeyNames = ['data', 'index', 'journal', 'file', 'session', 'device'] as const
export type WrappedKeyName = (typeof wrappedKeyNames)[number]

const base64Field = z
  .string()
  .max(10_000)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/)

/**
 * Cost of a guess. The lower bounds are a floor: a header that offers less was written by an attacker who wants cheap
 * guesses of a passphrase typed later. The upper bounds keep a changed header from using up the memory.
 */
export const kdfSchema = z.strictObject({
  algorithm: z.literal('argon2id'),
  memoryKiB: z.int().min(65_536).max(1_048_576),
  passes: z.int().min(3).max(20),
  lanes: z.int().min(4).max(16),
  salt: base64Field,
})
export type KdfSettings = Readonly<z.infer<typeof kdfSchema>>
export const defaultKdfCost = { algorithm: 'argon2id', memoryKiB: 65_536, passes: 3, lanes: 4 } as const

export const vaultHeaderSchema = z.strictObject({
  format: z.literal(1),
  vaultId: z.string().regex(/^[0-9a-f]{32}$/),
  kdf: kdfSchema,
  keychain: z.strictObject({ backend: z.string().max(100), secret: base64Field }).nullable(), // null = the passphrase alone
  wrapped: z.strictObject({ data: base64Field, index: base64Field, journal: base64Field, file: base64Field, session: base64Field, device: base64Field }).nullable(), // null = erased after too many wrong passphrases
})
export type VaultHeader = Readonly<z.infer<typeof vaultHeaderSchema>>

/** What a wrapped key is bound to: its name and the whole of the header's clear part, so that neither can be changed. */
export function placeOfKey(header: Omit<VaultHeader, 'wrapped'>, name: WrappedKeyName): string {
  return `rapport/vault-key/${name}/${canonicalJson({ format: header.format, vaultId: header.vaultId, kdf: header.kdf, keychain: header.keychain })}`
}

/** 'missing' = nobody has a vault here; 'damaged' covers cost parameters below the floor. @throws the system's error where it cannot be read */
export async function readVaultHeader(path: string): Promise<VaultHeader | 'missing' | 'damaged'> {
  const bytes = await readIfThere(path)
  if (bytes === undefined) return 'missing'
  const parsed = vaultHeaderSchema.safeParse(parseJson(bytes.toString('utf8')))
  return parsed.success ? parsed.data : 'damaged'
}

export const writeVaultHeader = (path: string, header: VaultHeader) => writeFileAtomically(path, JSON.stringify(header, null, 2))

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
