import { stdin, stdout } from 'node:process'
import { BackupError } from './backup-error.ts'
import { type BackupSecret, readKeyFile } from './backup-key.ts'

const SHORTEST = 12

/**
 * The secret that opens or seals a backup: `--key-file`, RAPPORT_BACKUP_KEY_FILE, RAPPORT_BACKUP_PASSPHRASE, or typed on
 * the terminal without an echo. @throws {BackupError} 'key-missing'
 */
export async function askSecret(keyFile: string | undefined, isNew: boolean): Promise<BackupSecret> {
  const path = keyFile ?? (process.env['RAPPORT_BACKUP_KEY_FILE'] || undefined)
  if (path !== undefined) return readKeyFile(path)
  const given = process.env['RAPPORT_BACKUP_PASSPHRASE'] || undefined
  if (given === undefined && !stdin.isTTY) throw new BackupError('key-missing', 'A backup is encrypted: name a key file with --key-file, or set RAPPORT_BACKUP_PASSPHRASE.')
  const passphrase = given ?? (await typed('Passphrase of the backup: '))
  if (passphrase.length < SHORTEST) throw new BackupError('key-missing', `A backup’s passphrase has at least ${SHORTEST} characters.`)
  if (isNew && given === undefined && (await typed('Once more: ')) !== passphrase) throw new BackupError('key-missing', 'The two are not the same.')
  return { type: 'passphrase', passphrase }
}

/** One line from the terminal, which shows nothing of it. */
async function typed(question: string): Promise<string> {
  stdout.write(question)
  stdin.setRawMode(true)
  let line = ''
  try {
    for await (const chunk of stdin.iterator({ destroyOnReturn: false })) {
      for (const char of String(chunk)) {
        if (char === '\r' || char === '\n') return line
        if (char === '\u0003') throw new BackupError('key-missing', 'Broken off.')
        line = char === '\u007f' ? line.slice(0, -1) : line + char
      }
    }
    return line
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    stdout.write('\n')
  }
}
