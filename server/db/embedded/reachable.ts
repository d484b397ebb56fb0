import { chmodSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, resolve, sep } from 'node:path'
import type { OsUser } from './os-user.ts'

function listFolders(path: string): readonly string[] {
  const folder = resolve(path)
  const parent = dirname(folder)
  return parent === folder ? [folder] : [...listFolders(parent), folder]
}

function mayEnter(folder: string, user: OsUser): boolean {
  const { mode, uid, gid } = statSync(folder)
  if (uid === user.uid) return (mode & 0o100) !== 0
  if (gid === user.gid) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}

/** The first folder on the way to `path` that the user cannot enter, or null. */
export const findBlockedFolder = (path: string, user: OsUser): string | null => listFolders(path).find((folder) => !mayEnter(folder, user)) ?? null

/**
 * Lets the database's user enter the folder (enter, not list). Folders of ours and below the system's folder for
 * temporary files are opened, any other is left alone. Throws where one of those is closed.
 */
export function openWay(path: string, ownFolder: string, user: OsUser): void {
  const temporary = `${resolve(tmpdir())}${sep}`
  for (let blocked = findBlockedFolder(path, user); blocked !== null; blocked = findBlockedFolder(path, user)) {
    const isOurs = blocked === resolve(ownFolder) || blocked.startsWith(`${resolve(ownFolder)}${sep}`) || blocked.startsWith(temporary)
    if (!isOurs)
      throw new Error(`PostgreSQL runs as user "${user.name}", who cannot enter ${blocked}. Set RAPPORT_DATA_DIR to a folder that is reachable, such as /var/lib/rapport.`)
    chmodSync(blocked, (statSync(blocked).mode & 0o777) | 0o011)
  }
}
