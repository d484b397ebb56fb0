import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomically } from '../lib/atomic-write.ts'
import type { Keychain } from '../vault/keychain.ts'

/** Who works here, and with which server. */
export interface Person {
  readonly serverUrl: string
  readonly email: string
}

/** Which vault was used last. No file says in clear whose it is: without a keychain to seal the e-mail, it is not kept. */
export interface LastVault {
  readonly serverUrl: string
  readonly vault: string // its folder's name
  readonly email: string | null // offered at sign-in and unlock; null = not kept
}
const fileSchema = z.strictObject({ serverUrl: z.string(), vault: z.string().regex(/^[0-9a-f]{32}$/), sealedEmail: z.string().max(5_000).nullable() })

const filePathIn = (userData: string) => join(userData, 'last-person.json')

export function readLastVault(userData: string, keychain: Keychain | undefined): LastVault | undefined {
  try {
    const { serverUrl, vault, sealedEmail } = fileSchema.parse(JSON.parse(readFileSync(filePathIn(userData), 'utf8')))
    const email = sealedEmail === null ? undefined : keychain?.unwrap(Buffer.from(sealedEmail, 'base64'))
    return { serverUrl, vault, email: email?.toString('utf8') ?? null }
  } catch {
    return undefined // nobody yet
  }
}

/** @throws the system's error, and what the keychain throws */
export async function writeLastVault(userData: string, person: Person, keychain: Keychain | undefined): Promise<void> {
  const sealedEmail = keychain?.wrap(Buffer.from(person.email, 'utf8')).toString('base64') ?? null
  await writeFileAtomically(filePathIn(userData), JSON.stringify({ serverUrl: person.serverUrl, vault: vaultNameOf(person), sealedEmail }))
}
export const forgetLastPerson = (userData: string) => rm(filePathIn(userData), { force: true })

const vaultsFolderIn = (userData: string) => join(userData, 'vaults')

/** The same person on two servers has two vaults; the name tells neither. */
const vaultNameOf = ({ serverUrl, email }: Person): string => createHash('sha256').update(`${serverUrl}\n${email}`).digest('hex').slice(0, 32)

export const vaultFolderOf = (userData: string, person: Person | LastVault): string => join(vaultsFolderIn(userData), 'vault' in person ? person.vault : vaultNameOf(person))

export const hasVault = (userData: string, person: Person | LastVault): boolean => existsSync(join(vaultFolderOf(userData, person), 'header.json'))

/** Vaults that this laptop can open; those set aside have a point in their names. */
export async function countVaults(userData: string): Promise<number> {
  const names = await readdir(vaultsFolderIn(userData)).catch(() => [])
  return names.filter((name) => !name.includes('.')).length
}

/** People have worked on this laptop, also where a vault of theirs was set aside. */
function hasAnyVault(userData: string): boolean {
  try {
    return readdirSync(vaultsFolderIn(userData)).length > 0
  } catch {
    return false // nobody yet
  }
}

/**
 * True where a sign-in would tell a passphrase to a server that need not be the firm's: people work on this laptop, but this
 * one has no vault with that server. Its address lies in a plain file, which somebody may have changed.
 * @param email null = not known before the sign-in at the identity provider
 */
export function isMeetingServer(userData: string, serverUrl: string, email: string | null): boolean {
  if (!hasAnyVault(userData)) return false
  if (email === null) return readLastVault(userData, undefined)?.serverUrl !== serverUrl
  return !existsSync(vaultFolderOf(userData, { serverUrl, email: email.trim().toLowerCase() }))
}
