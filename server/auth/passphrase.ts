import { hash, verify } from '@node-rs/argon2'

/** argon2id with 64 MiB, 3 passes, 1 lane. */
const OPTIONS = { algorithm: 2, memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const

export const hashPassphrase = (passphrase: string): Promise<string> => hash(passphrase.normalize('NFC'), OPTIONS)

let dummy: Promise<string> | null = null

/** Whether the passphrase fits. Without a hash (an unknown e-mail) it takes as long and answers no. */
export async function checkPassphrase(stored: string | null, passphrase: string): Promise<boolean> {
  dummy ??= hashPassphrase('nobody has this passphrase')
  const isRight = await verify(stored ?? (await dummy), passphrase.normalize('NFC'))
  return stored !== null && isRight
}
