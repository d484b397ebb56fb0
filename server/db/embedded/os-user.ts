import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Whom PostgreSQL runs as: it refuses to run as root. null = as ourselves. */
export interface OsUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

const findUser = (name: string): OsUser | null => {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((l) => l.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { name, uid: Number(uid), gid: Number(gid) } : null
}

/** As root: the system user 'rapport', made where it is missing; where that fails, 'nobody'. Otherwise null. */
export function databaseOsUser(): OsUser | null {
  if (process.getuid?.() !== 0) return null
  const known = findUser('rapport')
  if (known) return known
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', 'rapport'], { stdio: 'ignore' })
  } catch {
    // no useradd on this system, or another process made the user at the same moment
  }
  const user = findUser('rapport') ?? findUser('nobody')
  if (!user) throw new Error('PostgreSQL does not run as root, and there is neither a user "rapport" nor "nobody". Start the server as another user.')
  return user
}
