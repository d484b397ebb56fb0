/** Where things lie. Node's own modules only: these scripts run before anything is installed. */
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root folder. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)))

/** @param {...string} parts path inside the repository */
export const inProject = (...parts) => join(projectRoot, ...parts)

/** Stamps and logs of this checkout; ignored by git. */
export const cacheFolder = inProject('.cache')

/** What tests and the smoke run leave behind: reports, screenshots, traces; ignored by git. */
export const artifactsFolder = inProject('artifacts')

/** Downloads shared by all checkouts of this user, so that a fresh clone need not fetch them again. */
export const userCacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'rapport')

/** The Node binary that the `node` devDependency carries; the project runs on this one, whatever the machine has. */
export const projectNode = inProject('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
