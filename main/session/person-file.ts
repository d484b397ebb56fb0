import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomically } from '../lib/atomic-write.ts'

const personSchema = z.strictObject({ serverUrl: z.string(), email: z.string() })
/** Who used this laptop last, and where; offered at sign-in and unlock. */
export type LastPerson = Readonly<z.infer<typeof personSchema>>

export function readLastPerson(userData: string): LastPerson | undefined {
  try {
    return personSchema.safeParse(JSON.parse(readFileSync(join(userData, 'last-person.json'), 'utf8'))).data
  } catch {
    return undefined // nobody yet
  }
}

export const writeLastPerson = (userData: string, person: LastPerson) => writeFileAtomically(join(userData, 'last-person.json'), JSON.stringify(person))
export const forgetLastPerson = (userData: string) => rm(join(userData, 'last-person.json'), { force: true })

export const vaultsFolderIn = (userData: string) => join(userData, 'vaults')

/** The same person on two servers has two vaults; the name tells neither. */
export function vaultFolderOf(userData: string, { serverUrl, email }: LastPerson): string {
  return join(vaultsFolderIn(userData), createHash('sha256').update(`${serverUrl}\n${email}`).digest('hex').slice(0, 32))
}

export const hasVault = (userData: string, person: LastPerson): boolean => existsSync(join(vaultFolderOf(userData, person), 'header.json'))
