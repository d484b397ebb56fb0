import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomically } from '../lib/atomic-write.ts'

/** Guesses at this vault's passphrase since it was last opened; counted before each try, so that killing the app saves none. */
const countSchema = z.strictObject({ count: z.int().nonnegative(), lastAtMs: z.int() })
export type GuessCount = Readonly<z.infer<typeof countSchema>>

const pathIn = (folder: string) => join(folder, 'guesses.json')

export async function readGuesses(folder: string): Promise<GuessCount> {
  try {
    return countSchema.parse(JSON.parse(await readFile(pathIn(folder), 'utf8')))
  } catch {
    return { count: 0, lastAtMs: 0 }
  }
}

/** On a full disk the count stays in memory only: a person who knows the passphrase has to get in. */
export const writeGuesses = (folder: string, guesses: GuessCount): Promise<void> => writeFileAtomically(pathIn(folder), JSON.stringify(guesses)).catch(() => undefined)
export const clearGuesses = (folder: string): Promise<void> => rm(pathIn(folder), { force: true }).catch(() => undefined)
