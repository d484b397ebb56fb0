/** Why a backup is not taken or not put back. Nothing was changed when it is thrown. */
export class BackupError extends Error {
  readonly code: 'not-a-backup' | 'wrong-key' | 'damaged' | 'newer-version' | 'not-empty' | 'in-use' | 'key-missing' | 'server-key-missing' | 'no-place'

  constructor(code: BackupError['code'], message: string) {
    super(message)
    this.name = 'BackupError'
    this.code = code
  }
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder; name a file',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'its disk can only be read',
  ENOSPC: 'its disk is full',
  EDQUOT: 'its disk is full for this user',
  EIO: 'its disk has failed',
}

/** What the system says of a file, in words; any other error as it is. @param doing what was not done, before its path */
export function asPlaceError(error: unknown, doing: string, path: string): unknown {
  const problem = PROBLEMS[(error as NodeJS.ErrnoException)?.code ?? '']
  return problem === undefined ? error : new BackupError('no-place', `${doing} ${path}: ${problem}.`)
}
