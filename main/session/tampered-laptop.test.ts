import { chmod, copyFile, cp, lstat, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { aCommand, unwrap } from '../outbox/journal-fixture.ts'
import { SmallServer } from '../sync/small-server.ts'
import { makeRecoveryPair, sealForFirm, writeRecoveryWrap } from '../vault/recovery-wrap.ts'
import { isMeetingServer } from './person-file.ts'
import { ACCOUNT, aLaptop, codeOf, EMAIL } from './session-control-fixture.ts'

/** A laptop with work in its vault, locked; `folder` is the vault, as somebody has it who took the disk out. */
async function aLockedLaptop() {
  const laptop = await aLaptop()
  unwrap(await laptop.app().signIn(EMAIL, ACCOUNT))
  const { folder } = laptop.app().open?.vault ?? { folder: '' }
  expect(await laptop.app().open?.journal.append([1, 2].map(aCommand))).toMatchObject({ ok: true })
  const openCommands = () =>
    laptop
      .app()
      .open?.journal.listOpen()
      .map(({ id }) => id) ?? []
  await laptop.app().lock()
  return { ...laptop, folder, openCommands }
}

/** A server of somebody else's, and what it was told. */
async function aForeignServer() {
  const server = new SmallServer()
  await server.start()
  onTestFinished(() => server.stop())
  return server
}

const change = async (path: string, edit: (json: Record<string, unknown>) => void) => {
  const json = JSON.parse(await readFile(path, 'utf8'))
  edit(json)
  await writeFile(path, JSON.stringify(json))
}

test('files that name another server bring it nothing: the vault speaks to its own', async () => {
  const laptop = await aLockedLaptop()
  const foreign = await aForeignServer()
  laptop.world.settingsUrl = foreign.url // of settings.json
  await change(join(laptop.userData, 'last-person.json'), (json) => {
    json['serverUrl'] = foreign.url
  })
  const app = await laptop.restart()
  expect(app.state().phase).toBe('locked')
  laptop.server.refreshTokens.clear() // not even where the server has ended the session and asks for the passphrase
  expect(await codeOf(app.unlock(ACCOUNT))).toBe('ok')
  await vi.waitFor(() => expect(laptop.server.requests).toContain('POST /v1/session'))
  expect(foreign.requests).toEqual([])
})

test('where the settings alone name another server, a passphrase typed at sign-in goes there only when a person says so', async () => {
  const laptop = await aLockedLaptop()
  const foreign = await aForeignServer()
  expect([EMAIL, `${EMAIL} `, EMAIL.toUpperCase(), null].map((email) => isMeetingServer(laptop.userData, laptop.server.url, email))).toEqual([false, false, false, false])
  expect([EMAIL, null].map((email) => isMeetingServer(laptop.userData, foreign.url, email))).toEqual([true, true])
  await rm(join(laptop.userData, 'last-person.json'))
  expect(isMeetingServer(laptop.userData, foreign.url, EMAIL)).toBe(true)
  laptop.world.settingsUrl = foreign.url
  expect((await laptop.restart()).isMeetingServer(EMAIL)).toBe(true)
  expect(isMeetingServer(join(laptop.userData, 'of-nobody'), foreign.url, EMAIL)).toBe(false)
})

test.each([
  ['a folder outside', '../../../../etc'],
  ['a name that is none', '.'],
  ['a vault that is not there', '0'.repeat(32)],
])('the file of the last person that names %s leads nowhere', async (_what, vault) => {
  const laptop = await aLockedLaptop()
  await change(join(laptop.userData, 'last-person.json'), (json) => {
    json['vault'] = vault
  })
  const app = await laptop.restart()
  expect(app.state().phase).toBe('signedOut')
  expect(await codeOf(app.unlock(ACCOUNT))).toBe('session/no-vault')
  expect(await codeOf(app.signIn(EMAIL, ACCOUNT))).toBe('ok')
  expect(laptop.openCommands()).toEqual([1, 2].map((i) => aCommand(i).id))
})

test('a journal of another device is refused, told and kept, and what is made then is saved', async () => {
  const [mine, other] = [await aLockedLaptop(), await aLockedLaptop()]
  await copyFile(join(other.folder, 'outbox.journal'), join(mine.folder, 'outbox.journal'))
  const app = await mine.restart()
  expect(await codeOf(app.unlock(ACCOUNT))).toBe('ok')
  expect(app.open?.sync.status().error).toMatchObject({ code: 'storage/journal-damaged' })
  expect(mine.warned).toContain('journal.damaged')
  const kept = (await readdir(mine.folder)).find((name) => name.startsWith('outbox.journal.damaged-')) ?? ''
  expect(await readFile(join(mine.folder, kept))).toEqual(await readFile(join(other.folder, 'outbox.journal')))
  expect(await app.open?.journal.append([aCommand(7)])).toMatchObject({ ok: true })
})

test('the vault of another person in one’s place opens with their passphrase only, as theirs', async () => {
  const [mine, other] = [await aLockedLaptop(), await aLockedLaptop()]
  await mine.app().unlock(ACCOUNT)
  unwrap(await mine.app().changePassphrase(ACCOUNT, 'a passphrase of mine alone'))
  await mine.app().lock()
  await cp(other.folder, mine.folder, { recursive: true })
  const app = await mine.restart()
  expect(await codeOf(app.unlock('a passphrase of mine alone'))).toBe('session/wrong-passphrase')
  expect(await codeOf(app.unlock(ACCOUNT))).toBe('ok')
  expect(app.open?.vault.session.serverUrl).toBe(other.server.url) // whose it is stands in what is sealed
})

test('an older header opens with the passphrase of its time, and all work is there', async () => {
  const laptop = await aLockedLaptop()
  const header = join(laptop.folder, 'header.json')
  await copyFile(header, `${header}.older`)
  await laptop.app().unlock(ACCOUNT)
  unwrap(await laptop.app().changePassphrase(ACCOUNT, 'a passphrase of mine alone'))
  expect(await laptop.app().open?.journal.append([aCommand(3)])).toMatchObject({ ok: true })
  await laptop.app().lock()
  await copyFile(`${header}.older`, header)
  const app = await laptop.restart()
  expect(await codeOf(app.unlock('a passphrase of mine alone'))).toBe('session/wrong-passphrase')
  expect(await codeOf(app.unlock(ACCOUNT))).toBe('ok')
  expect(laptop.openCommands()).toEqual([1, 2, 3].map((i) => aCommand(i).id))
})

test('an older session has a refresh token that is used up: the server ends it, and the passphrase opens another', async () => {
  const laptop = await aLockedLaptop()
  const session = join(laptop.folder, 'session.sealed')
  await copyFile(session, `${session}.older`)
  await laptop.app().unlock(ACCOUNT)
  await vi.waitFor(() => expect(laptop.server.requests).toContain('POST /v1/session/refresh'))
  await laptop.app().lock()
  await copyFile(`${session}.older`, session)
  const app = await laptop.restart()
  expect(await codeOf(app.unlock(ACCOUNT))).toBe('ok')
  await vi.waitFor(() => expect(app.open?.sync.status().connection).toBe('online'))
  expect(laptop.server.requests.filter((line) => line === 'POST /v1/session')).toHaveLength(2)
  expect(laptop.openCommands()).toEqual([1, 2].map((i) => aCommand(i).id))
})

test.each(['session.sealed', 'session.spare'])('a %s that was torn costs no unsent work: the vault opens, and the server gives another session', async (name) => {
  const laptop = await aLockedLaptop()
  const path = join(laptop.folder, name)
  await writeFile(path, (await readFile(path)).subarray(0, 30))
  const app = await laptop.restart()
  expect(await codeOf(app.unlock(ACCOUNT))).toBe('ok')
  await vi.waitFor(() => expect(app.open?.sync.status().connection).toBe('online'))
  expect(laptop.openCommands()).toEqual([1, 2].map((i) => aCommand(i).id))
  expect(app.open?.vault.folder).toBe(laptop.folder)
})

test('a recovery wrap that somebody made for a key of theirs gets nothing sealed to it, and the firm’s own key is asked about', async () => {
  const laptop = await aLockedLaptop()
  const [theirs, firms] = [makeRecoveryPair(), makeRecoveryPair()]
  const vaultId = JSON.parse(await readFile(join(laptop.folder, 'header.json'), 'utf8')).vaultId as string
  const planted = { vaultId, publicKey: theirs.publicKey.toString('base64'), sealed: sealForFirm(theirs.publicKey, 'x', Buffer.from('{}')).toString('base64') }
  await writeRecoveryWrap(laptop.folder, planted)
  laptop.server.recoveryKey = firms.publicKey.toString('base64')
  const app = await laptop.restart()
  await app.unlock(ACCOUNT)
  await vi.waitFor(() => expect(app.open?.sync.status().error).toMatchObject({ code: 'recovery/key-changed' }))
  expect(JSON.parse(await readFile(join(laptop.folder, 'recovery.json'), 'utf8'))).toEqual(planted)
})

test('marks of the history and reminders that are another’s are not taken', async () => {
  const [mine, other] = [await aLockedLaptop(), await aLockedLaptop()]
  for (const name of ['heads.sealed', 'reminders.sealed'])
    await copyFile(join(other.folder, name), join(mine.folder, name)).catch(() => writeFile(join(mine.folder, name), 'of nobody'))
  const app = await mine.restart()
  expect(await codeOf(app.unlock(ACCOUNT))).toBe('ok')
  expect(app.open?.heads.list().every(({ epoch }) => epoch === mine.server.epoch)).toBe(true)
})

test('a link in the place of a temporary file is not written through', async () => {
  const laptop = await aLockedLaptop()
  const outside = join(laptop.userData, 'outside')
  await writeFile(outside, 'somebody else’s')
  const links = [join(laptop.folder, 'session.sealed.new'), join(laptop.folder, 'guesses.json.new'), join(laptop.userData, 'last-person.json.new')]
  for (const path of links) await symlink(outside, path)
  const app = await laptop.restart()
  expect(await codeOf(app.unlock(ACCOUNT))).toBe('ok')
  await vi.waitFor(() => expect(app.open?.sync.status().connection).toBe('online'))
  await app.lock()
  expect(await readFile(outside, 'utf8')).toBe('somebody else’s')
  for (const path of links) expect((await lstat(path.slice(0, -'.new'.length)).catch(() => undefined))?.isSymbolicLink() ?? false).toBe(false)
})

test('a temporary file that somebody opened to others does not become one of the vault’s', async () => {
  const laptop = await aLockedLaptop()
  const session = join(laptop.folder, 'session.sealed')
  await writeFile(`${session}.new`, '')
  await chmod(`${session}.new`, 0o666)
  const app = await laptop.restart()
  expect(await codeOf(app.unlock(ACCOUNT))).toBe('ok')
  await vi.waitFor(() => expect(app.open?.sync.status().connection).toBe('online'))
  expect((await stat(session)).mode & 0o777).toBe(0o600)
})

test('a folder in the place of each file stops nothing for ever: what is there is kept, and told', async () => {
  const laptop = await aLockedLaptop()
  const journal = join(laptop.folder, 'outbox.journal')
  await copyFile(journal, `${journal}.held`)
  await rm(journal)
  await mkdir(journal)
  const app = await laptop.restart()
  expect(await codeOf(app.unlock(ACCOUNT))).toBe('storage/write-failed')
  await rm(journal, { recursive: true })
  await copyFile(`${journal}.held`, journal)
  expect(await codeOf(app.unlock(ACCOUNT))).toBe('ok')
  expect(laptop.openCommands()).toEqual([1, 2].map((i) => aCommand(i).id))
})
