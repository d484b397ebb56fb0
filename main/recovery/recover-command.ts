/**
 * `npm run recover -- …`: what a laptop holds that nobody can open any more (forgotten passphrase, reset keychain, erased keys).
 *   new-key   --out FILE                             makes the firm's key; two people choose a passphrase each
 *   fingerprint --key FILE                           the key's fingerprint, a half for each of the two people
 *   export    --vault FOLDER --key FILE --out FOLDER  writes unsent commands (unsent.json) and files
 *   open-anew --vault FOLDER --key FILE              gives the vault a new passphrase; the app then opens it and sends
 */
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { clearGuesses } from '../vault/guess-count.ts'
import { fingerprintHalvesOf } from '../vault/recovery-wrap.ts'
import { rewrapRecovered } from '../vault/vault.ts'
import { askPassphrase } from './ask-passphrase.ts'
import { firmKeyFileSchema, makeFirmKey, openFirmKey, type TwoPassphrases } from './firm-key.ts'
import { type RecoveredVault, readUnsentWork, recoverVault } from './recover-vault.ts'

const LEAST_LENGTH = 15

interface Options {
  readonly vault?: string | undefined
  readonly key?: string | undefined
  readonly out?: string | undefined
}

const askTwo = async (): Promise<TwoPassphrases> => [
  await askPassphrase('Passphrase of the first person', 'RAPPORT_RECOVERY_PASSPHRASE_1'),
  await askPassphrase('Passphrase of the second person', 'RAPPORT_RECOVERY_PASSPHRASE_2'),
]

const need = (value: string | undefined, name: string): string => {
  if (value === undefined) throw new Error(`--${name} is missing.`)
  return resolve(process.env['INIT_CWD'] ?? '.', value)
}

/** One half for each of the two, who read it out to people whose laptop asks whether another key is the firm's. */
function printFingerprint(publicKey: string): void {
  const [first, second] = fingerprintHalvesOf(publicKey)
  console.log(`Fingerprint, first person's half: ${first}; second person's half: ${second}`)
}

async function newKey({ out }: Options): Promise<void> {
  const path = need(out, 'out')
  if (existsSync(path)) throw new Error(`${path} is there already, and is left as it is.`)
  const passphrases = await askTwo()
  if (passphrases.some((text) => text.length < LEAST_LENGTH)) throw new Error(`Each passphrase needs at least ${LEAST_LENGTH} characters.`)
  if (passphrases[0] === passphrases[1]) throw new Error('The two passphrases are the same: then one person opens it alone.')
  const file = await makeFirmKey(passphrases)
  await writeFile(path, JSON.stringify(file, null, 2), { mode: 0o600, flag: 'wx' })
  console.log(`The key is in ${path}: keep it offline, in two copies.`)
  printFingerprint(file.publicKey)
  console.log(`Start the server with RAPPORT_RECOVERY_KEY=${file.publicKey}`)
}

/** Needs no passphrase: says nothing that is secret. */
async function showFingerprint({ key }: Options): Promise<void> {
  printFingerprint(firmKeyFileSchema.parse(JSON.parse(readFileSync(need(key, 'key'), 'utf8'))).publicKey)
}

async function open({ vault, key }: Options): Promise<RecoveredVault & { readonly folder: string }> {
  const folder = need(vault, 'vault')
  const file = firmKeyFileSchema.parse(JSON.parse(readFileSync(need(key, 'key'), 'utf8')))
  const privateKey = await openFirmKey(file, await askTwo())
  if (!privateKey) throw new Error('One of the two passphrases is wrong.')
  const recovered = await recoverVault(folder, privateKey)
  privateKey.fill(0)
  if (!recovered) throw new Error(`In ${folder} there is nothing that is sealed to this key.`)
  return { ...recovered, folder }
}

/** In clear: never into a file, or through a link, that somebody has put there. */
const ofOnesOwn = { mode: 0o600, flag: 'wx' } as const

async function exportWork(options: Options): Promise<void> {
  const out = need(options.out, 'out')
  const vault = await open(options)
  const { commands, files, damagedFiles, isJournalDamaged } = await readUnsentWork(vault.folder, vault)
  await mkdir(out, { recursive: true, mode: 0o700 })
  await writeFile(join(out, 'unsent.json'), JSON.stringify({ commands, isJournalDamaged, damagedFiles }, null, 2), ofOnesOwn)
  for (const { sha256, bytes } of files) await writeFile(join(out, sha256), bytes, ofOnesOwn)
  console.log(`${commands.length} unsent commands and ${files.length} files are in ${out}, in clear`)
  if (isJournalDamaged) console.log('The journal is damaged: what lay behind the damage is missing.')
  if (damagedFiles.length > 0) console.log(`${damagedFiles.length} files are damaged and missing.`)
}

async function openAnew(options: Options): Promise<void> {
  const vault = await open(options)
  const passphrase = await askPassphrase('New passphrase of this laptop', 'RAPPORT_NEW_PASSPHRASE')
  if (passphrase.length < LEAST_LENGTH) throw new Error(`It needs at least ${LEAST_LENGTH} characters.`)
  const session = await rewrapRecovered(vault.folder, vault.vaultId, vault.keys, passphrase)
  if (!session) throw new Error('What is sealed to the firm are not the keys of this vault: nothing was changed. Somebody may have exchanged recovery.json.')
  await clearGuesses(vault.folder)
  console.log(`${vault.folder} opens with the new passphrase. It is that of ${session.email} at ${session.serverUrl}: if that is not your server, do not use it.`)
}

const actions: Readonly<Record<string, (options: Options) => Promise<void>>> = { 'new-key': newKey, fingerprint: showFingerprint, export: exportWork, 'open-anew': openAnew }

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { vault: { type: 'string' }, key: { type: 'string' }, out: { type: 'string' } } })
  const action = actions[positionals[0] ?? '']
  if (!action) throw new Error(`Say what to do: ${Object.keys(actions).join(', ')}.`)
  await action(values)
} catch (error) {
  console.error(`recover: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
