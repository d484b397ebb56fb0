/** Somebody guesses at a locked laptop: after ten wrong passphrases its keys are gone, and nothing that was unsent is lost. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makeFirmKey } from '../../main/recovery/firm-key.ts'
import type { OutboxItem } from '../../shared/ipc/ipc-contract.ts'
import { must } from '../../shared/lib/must.ts'
import { ApiClient } from '../support/api-client.ts'
import { expect, type Firm, test } from '../support/fixtures.ts'
import { framePage } from '../support/pages/frame-page.ts'
import { logPage } from '../support/pages/log-page.ts'
import { sessionPage } from '../support/pages/session-page.ts'
import { people } from '../support/people.ts'
import { projectNode, projectRoot } from '../support/project.ts'
import { findStage } from '../support/stage.ts'
import { startTestServer } from '../support/test-server.ts'

const TWO = ['first of two people', 'second of two people'] as const

const vaultsOf = (userData: string) => readdirSync(join(userData, 'vaults')).map((name) => join(userData, 'vaults', name))

async function exportUnsent(folder: string, vault: string): Promise<readonly OutboxItem[]> {
  const env = { ...process.env, RAPPORT_RECOVERY_PASSPHRASE_1: TWO[0], RAPPORT_RECOVERY_PASSPHRASE_2: TWO[1] }
  const command = join(projectRoot, 'main', 'recovery', 'recover-command.ts')
  await promisify(execFile)(projectNode, [command, 'export', '--vault', vault, '--key', join(folder, 'firm.key'), '--out', join(folder, 'out')], { env })
  return JSON.parse(readFileSync(join(folder, 'out', 'unsent.json'), 'utf8')).commands
}

/** The fixture's server, which from now on hands out the firm's key. */
async function restartWithKey(firm: Firm, publicKey: string): Promise<{ stop(): Promise<void> }> {
  await firm.stopServer()
  return startTestServer({ dataDir: firm.server.dataDir, port: Number(new URL(firm.url).port), env: { RAPPORT_RECOVERY_KEY: publicKey } })
}

test('the tenth wrong passphrase erases the keys; signing in again brings the data, the firm’s key the unsent work', async ({ firm }) => {
  test.setTimeout(180_000)
  const folder = mkdtempSync(join(tmpdir(), 'rapport-guesses-'))
  const firmKey = await makeFirmKey(TWO)
  writeFileSync(join(folder, 'firm.key'), JSON.stringify(firmKey))
  const stage = await findStage(firm.url)
  const server = await restartWithKey(firm, firmKey.publicKey)
  let laptop = await firm.launch('advisor')
  await sessionPage(laptop).signIn(people.advisor)
  await server.stop()
  await framePage(laptop).waitUntilOffline()
  await logPage(laptop).logByKeyboard({ household: stage.household.name, subject: 'Made before the passphrase was forgotten' })
  await laptop.close()
  const vault = must(vaultsOf(laptop.userData)[0], 'vault')
  writeFileSync(join(vault, 'guesses.json'), JSON.stringify({ count: 9, lastAtMs: 0 })) // nine guesses, hours ago

  laptop = await firm.launch('advisor')
  const { page } = laptop
  await page.getByTestId('unlock-passphrase').fill('not this one')
  await page.getByTestId('unlock-submit').click()
  await expect(page.getByTestId('unlock-error')).toContainText('keys were erased')
  expect(JSON.parse(readFileSync(join(vault, 'header.json'), 'utf8')).wrapped).toBeNull()

  await firm.startServer()
  const next = laptop.electron.waitForEvent('window')
  await page.getByTestId('unlock-sign-in').click()
  const fresh = { ...laptop, page: await next }
  await sessionPage(fresh).signIn(people.advisor)
  await framePage(fresh).waitUntilSent()

  const kept = must(
    vaultsOf(laptop.userData).find((path) => path.includes('.damaged-')),
    'the vault that was erased',
  )
  const commands = await exportUnsent(folder, kept)
  expect(commands).toMatchObject([{ name: 'contact/log', status: 'saved', args: { subject: 'Made before the passphrase was forgotten' } }])
  const api = await ApiClient.signIn(firm.url, people.advisor)
  for (const { name, args } of commands) expect(await api.run(name as never, args as never)).toMatchObject({ status: 'applied' })
})
