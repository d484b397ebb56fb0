/** Files of the laptop that were lost, rolled back, cut or changed between two starts. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findIndexedDb } from './fault-firm.ts'
import type { FaultKind, FaultRun } from './fault-run.ts'
import { work } from './work.ts'

/** Works online and off, ends the app, does something to its files, and starts it again; without its database it has nothing to show until it is online. */
const between =
  (damage: (run: FaultRun) => boolean, { mayStartOffline = false, needsTable = false } = {}): FaultKind =>
  async (run) => {
    for (let i = 0; i < run.rounds(3); i++) {
      await work(run.firm, run.ledger, 8)
      if (needsTable) await untilTableIsWritten(run)
      run.firm.proxy.set('down')
      await work(run.firm, run.ledger, 6)
      if (run.random() < 0.5) await run.firm.killApp()
      else await run.firm.closeApp()
      if (damage(run)) run.incidents++
      run.firm.proxy.set(mayStartOffline && run.random() < 0.5 ? 'down' : 'none')
      await run.firm.launch()
      run.firm.proxy.set('none')
    }
  }

const levelDb = (run: FaultRun): string => {
  const folder = findIndexedDb(run.firm.userData)
  const name = readdirSync(folder).find((entry) => entry.endsWith('.leveldb'))
  if (!name) throw new Error(`no .leveldb in ${folder}`)
  return join(folder, name)
}

const filesOf = (folder: string, pattern: RegExp): string[] =>
  readdirSync(folder)
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).size > 0)
    .sort((a, b) => statSync(b).size - statSync(a).size)

/** Changes 50 bytes somewhere in the file. */
function flip(run: FaultRun, path: string | undefined): boolean {
  if (path === undefined) return false
  const bytes = readFileSync(path)
  const at = Math.floor(run.random() * Math.max(1, bytes.length - 50))
  for (let i = at; i < Math.min(bytes.length, at + 50); i++) bytes[i] = (bytes[i] ?? 0) ^ 0x5a
  writeFileSync(path, bytes)
  return true
}

const cut = (run: FaultRun, path: string | undefined): boolean => {
  if (path === undefined) return false
  truncateSync(path, Math.floor(statSync(path).size * run.random()))
  return true
}

const remove = (path: string | undefined): boolean => {
  if (path !== undefined) rmSync(path, { recursive: true, force: true })
  return path !== undefined
}

const journalsOf = (run: FaultRun): string[] => {
  const vaults = join(run.firm.userData, 'vaults')
  return readdirSync(vaults)
    .map((name) => join(vaults, name, 'outbox.journal'))
    .filter((path) => existsSync(path))
}

/** LevelDB keeps all in its log until that has four megabytes; a small firm never fills it by itself. */
async function untilTableIsWritten(run: FaultRun): Promise<void> {
  for (let i = 0; i < 12 && filesOf(levelDb(run), TABLE).length === 0; i++) await work(run.firm, run.ledger, 20, { noteBytes: 18_000 })
}

/** An older copy of the whole database takes the place of the newest. */
const rolledBack: FaultKind = async (run) => {
  const copy = join(run.firm.folder, 'older-database')
  for (let i = 0; i < run.rounds(3); i++) {
    await work(run.firm, run.ledger, 6)
    await run.firm.closeApp()
    rmSync(copy, { recursive: true, force: true })
    cpSync(findIndexedDb(run.firm.userData), copy, { recursive: true })
    await run.firm.launch()
    await work(run.firm, run.ledger, 10)
    if (run.random() < 0.5) run.firm.proxy.set('down')
    await work(run.firm, run.ledger, 4)
    await run.firm.killApp()
    rmSync(findIndexedDb(run.firm.userData), { recursive: true })
    cpSync(copy, join(run.firm.userData, 'Partitions', 'ui', 'IndexedDB'), { recursive: true })
    run.firm.proxy.set('none')
    run.incidents++
    await run.firm.launch()
  }
}

const LOG = /^\d+\.log$/
const TABLE = /^\d+\.ldb$/

export const storageKinds: Readonly<Record<string, FaultKind>> = {
  'db deleted': between((run) => remove(findIndexedDb(run.firm.userData))),
  'db rolled back': rolledBack,
  'db manifest flipped': between((run) => flip(run, filesOf(levelDb(run), /^MANIFEST-/)[0])),
  'db CURRENT emptied': between((run) => {
    writeFileSync(join(levelDb(run), 'CURRENT'), '')
    return true
  }),
  'db log flipped': between((run) => flip(run, filesOf(levelDb(run), LOG)[0])),
  'db log cut': between((run) => cut(run, filesOf(levelDb(run), LOG)[0])),
  'db table deleted': between((run) => remove(filesOf(levelDb(run), TABLE)[0]), { needsTable: true }),
  'db table flipped': between((run) => flip(run, filesOf(levelDb(run), TABLE)[0]), { needsTable: true }),
  'journal torn': between((run) => journalsOf(run).every((path) => tear(run, path)), { mayStartOffline: true }),
  'journal flipped': between((run) => journalsOf(run).every((path) => flip(run, path)), { mayStartOffline: true }),
}

/** The last bytes of the last frame never reached the disk. */
function tear(run: FaultRun, path: string): boolean {
  truncateSync(path, Math.max(0, statSync(path).size - 1 - Math.floor(run.random() * 60)))
  return true
}
