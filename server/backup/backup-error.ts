/** Why a backup is not taken or not put back. Nothing was changed when it is thrown. */
export class BackupError extends Error {
  readonly code: 'not-a-backup' | 'wrong-key' | 'damaged' | 'newer-version' | 'not-empty' | 'in-use' | 'key-missing' | 'server-key-missing'

  constructor(code: BackupError['code'], message: string) {
    super(message)
    this.name = 'BackupError'
    this.code = code
  }
}
