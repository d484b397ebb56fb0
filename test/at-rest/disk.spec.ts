/** A stolen laptop that is switched off: nothing that a person typed, and nothing of a client's, can be read on its disk. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openVault } from '../../main/vault/vault.ts'
import { must } from '../../shared/lib/must.ts'
import { expect, type Firm, test } from '../support/fixtures.ts'
import { passphrase, people } from '../support/people.ts'
import { projectRoot } from '../support/project.ts'
import { findStage, type Stage } from '../support/stage.ts'
import { type Canaries, canaryKinds, makeCanaries } from './canaries.ts'
import { byteNeedlesOf, type Needle, needlesOf } from './find-text.ts'
import { fillOffice } from './office.ts'
import { type DiskScan, scanDisk } from './scan-disk.ts'
import { buildUnsealed } from './unsealed-build.ts'
import { workAsAdvisor, workAsController } from './working-day.ts'

/** What the firm knows already, and the laptop with it. */
const knownTo = (stage: Stage): Canaries => ({
  sampleHousehold: stage.household.name,
  sampleHead: stage.headName,
  sampleIban: must(stage.account.iban, 'IBAN'),
  ownName: stage.advisor.name,
  ownEmail: people.advisor,
  supervisorEmail: people.supervisor,
  controllerEmail: people.controller,
})

async function workTwoDays(firm: Firm, name: string, builtIn?: string): Promise<{ readonly texts: Canaries; readonly folders: readonly string[] }> {
  const stage = await findStage(firm.url)
  const typed = makeCanaries()
  const { openClaimId } = await fillOffice(firm.url, stage, typed)
  const laptop = (who: string) => ({ firm, stage, name: `${name}-${who}`, ...(builtIn ? { builtIn } : {}) })
  const folders = [await workAsController(laptop('controller'), typed, openClaimId), await workAsAdvisor(laptop('advisor'), typed)]
  return { texts: { ...typed, ...knownTo(stage) }, folders }
}

const needlesFor = (texts: Canaries): readonly Needle[] => Object.entries(texts).flatMap(([kind, text]) => needlesOf(kind, text))

/** Passphrase, keys and refresh token of a laptop: what opens all the rest. */
async function secretsOf(userData: string): Promise<readonly Needle[]> {
  const folder = join(userData, 'vaults', must(readdirSync(join(userData, 'vaults'))[0], 'vault'))
  const vault = await openVault(folder, passphrase, undefined)
  if (!vault.ok) throw new Error(vault.error.code)
  const keys = Object.entries(vault.value.keys).flatMap(([name, key]) => byteNeedlesOf(`key ${name}`, key))
  return [...keys, ...needlesOf('refreshToken', vault.value.session.refreshToken), ...needlesOf('passphrase', passphrase)]
}

const report = (what: string, scans: readonly DiskScan[]) => {
  const sum = (count: (scan: DiskScan) => number) => scans.reduce((total, scan) => total + count(scan), 0)
  const hits = scans.flatMap((scan) => scan.hits)
  const kinds = new Set(hits.map(({ kind }) => kind)).size
  const ways = [...new Set(hits.map(({ how, encoding }) => `${how}/${encoding}`))].sort().join(', ')
  console.log(
    `${what}: ${sum((s) => s.fileCount)} files, ${sum((s) => s.pieceCount)} pieces, ${Math.round(sum((s) => s.byteCount) / 1e6)} MB; ${hits.length} hits of ${kinds} kinds${ways ? ` (${ways})` : ''}`,
  )
}

test('after a working day no file of the laptop holds a word of it, nor anything that opens it', async ({ firm }) => {
  test.setTimeout(300_000)
  const { texts, folders } = await workTwoDays(firm, 'sealed')
  const scans = await Promise.all(folders.map(async (folder) => scanDisk(folder, [...needlesFor(texts), ...(await secretsOf(folder))])))
  report('sealed', scans)
  expect(scans.flatMap((scan) => scan.hits)).toEqual([])
  expect(existsSync(join(must(folders[1], 'folder'), 'around'))).toBe(true)
})

test('control: with sealing off the same search finds every text', async ({ firm }) => {
  test.setTimeout(300_000)
  const { texts, folders } = await workTwoDays(firm, 'plain', await buildUnsealed())
  const scans = folders.map((folder) => scanDisk(folder, needlesFor(texts)))
  report('control', scans)
  const found = new Set(scans.flatMap((scan) => scan.hits.map(({ kind }) => kind)))
  expect(canaryKinds.length).toBeGreaterThanOrEqual(40)
  expect(Object.keys(texts).filter((kind) => !found.has(kind))).toEqual([])
  const ways = new Set(scans.flatMap((scan) => scan.hits.map(({ how }) => how.split(' ')[0])))
  expect([...ways]).toEqual(expect.arrayContaining(['raw', 'log']))
})

test('no build that can be packed has sealing off', () => {
  for (const folder of ['dist', 'dist-test'].map((name) => join(projectRoot, name, 'main')).filter(existsSync)) {
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.cjs'))) expect(readFileSync(join(folder, name), 'utf8')).not.toContain('isSealingOff = true')
  }
})
