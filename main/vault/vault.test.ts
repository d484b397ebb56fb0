import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { unwrap } from '../outbox/journal-fixture.ts'
import type { Keychain } from './keychain.ts'
import { createVault, openVault } from './vault.ts'
import { aSession } from './vault-fixture.ts'

const session = aSession

/** Stands for the operating system's: another instance cannot open what this one wrapped. */
function aKeychain(mask = 0x5a): Keychain {
  const turn = (bytes: Uint8Array) => Buffer.from(bytes.map((byte) => byte ^ mask))
  return {
    backend: 'test',
    wrap: (secret) => Buffer.concat([Buffer.from([mask]), turn(secret)]),
    unwrap: (wrapped) => (wrapped[0] === mask ? turn(wrapped.subarray(1)) : undefined),
  }
}

const aFolder = () => mkdtemp(join(tmpdir(), 'rapport-vault-'))
const errorOf = async (opening: ReturnType<typeof openVault>) => {
  const result = await opening
  return result.ok ? 'opened' : result.error.code
}

interface ChangedHeader {
  readonly kdf: Record<string, unknown>
  readonly wrapped: Record<string, string>
  keychain: unknown
}

async function changeHeader(folder: string, change: (header: ChangedHeader) => void): Promise<void> {
  const path = join(folder, 'header.json')
  const header = JSON.parse(await readFile(path, 'utf8'))
  change(header)
  await writeFile(path, JSON.stringify(header))
}

test('opens with the passphrase, and gives the same keys and session', async () => {
  const folder = await aFolder()
  const made = await createVault(folder, 'correct horse', undefined, session)
  await made.saveSession({ refreshToken: 'refresh-token-two' })
  const opened = unwrap(await openVault(folder, 'correct horse', undefined))
  expect(opened.keys).toEqual(made.keys)
  expect(opened.session).toEqual({ ...session, refreshToken: 'refresh-token-two' })
  expect(new Set(Object.values(opened.keys).map((key) => key.toString('hex'))).size).toBe(6)
})

test('a wrong passphrase opens nothing, and a missing vault says so', async () => {
  const folder = await aFolder()
  expect(await errorOf(openVault(folder, 'correct horse', undefined))).toBe('session/no-vault')
  await createVault(folder, 'correct horse', undefined, session)
  expect(await errorOf(openVault(folder, 'correct hors', undefined))).toBe('session/wrong-passphrase')
})

test('the same passphrase typed on another keyboard is the same', async () => {
  const folder = await aFolder()
  await createVault(folder, 'Ő jó jelszó'.normalize('NFD'), undefined, session)
  expect(await errorOf(openVault(folder, 'Ő jó jelszó'.normalize('NFC'), undefined))).toBe('opened')
})

test.each([
  ['memoryKiB', 19_456],
  ['memoryKiB', 65_535],
  ['passes', 1],
  ['passes', 2],
  ['lanes', 1],
  ['algorithm', 'argon2i'],
  ['memoryKiB', 64_000_000],
])('a header that offers %s %s is refused before the passphrase is used', async (field, value) => {
  const folder = await aFolder()
  await createVault(folder, 'correct horse', undefined, session)
  await changeHeader(folder, (header) => {
    header.kdf[field] = value
  })
  expect(await errorOf(openVault(folder, 'correct horse', undefined))).toBe('storage/vault-damaged')
})

test('wrapped keys that changed places do not open', async () => {
  const folder = await aFolder()
  await createVault(folder, 'correct horse', undefined, session)
  await changeHeader(folder, ({ wrapped }) => {
    ;[wrapped['data'], wrapped['index']] = [wrapped['index'] ?? '', wrapped['data'] ?? '']
  })
  expect(await errorOf(openVault(folder, 'correct horse', undefined))).toBe('storage/vault-damaged')
})

test('a wrapped key of another vault with the same passphrase does not open', async () => {
  const [one, two] = [await aFolder(), await aFolder()]
  await createVault(one, 'correct horse', undefined, session)
  await createVault(two, 'correct horse', undefined, session)
  const other = JSON.parse(await readFile(join(two, 'header.json'), 'utf8'))
  await changeHeader(one, ({ wrapped }) => {
    wrapped['journal'] = other.wrapped.journal
  })
  expect(await errorOf(openVault(one, 'correct horse', undefined))).toBe('storage/vault-damaged')
})

test('a session file of another vault is not taken', async () => {
  const [one, two] = [await aFolder(), await aFolder()]
  await createVault(one, 'correct horse', undefined, session)
  await createVault(two, 'correct horse', undefined, { ...session, email: 'eve@example.test' })
  for (const name of ['session.sealed', 'session.spare']) await writeFile(join(one, name), await readFile(join(two, name)))
  expect(await errorOf(openVault(one, 'correct horse', undefined))).toBe('storage/vault-damaged')
})

test.each([
  ['torn', (bytes: Buffer) => bytes.subarray(0, 40)],
  ['empty', () => Buffer.alloc(0)],
  ['full of zeros', (bytes: Buffer) => Buffer.alloc(bytes.length)],
])('a session record that is %s, as after a disk that lied, opens by its spare: nothing unsent is set aside', async (_, damage) => {
  const folder = await aFolder()
  const vault = await createVault(folder, 'correct horse', undefined, session)
  await vault.saveSession({ refreshToken: 'the next' })
  await vault.saveSession({ hasOwnPassphrase: true })
  await vault.saveSession({ refreshToken: 'the last', lastContactAtMs: session.lastContactAtMs + 1 })
  const path = join(folder, 'session.sealed')
  await writeFile(path, damage(await readFile(path)))
  const opened = unwrap(await openVault(folder, 'correct horse', undefined))
  expect(opened.session).toEqual({ ...session, refreshToken: 'the next', hasOwnPassphrase: true })
  expect(opened.keys).toEqual(vault.keys)
})

test('a spare that the disk refused is made up for with the next record', async () => {
  const folder = await aFolder()
  const vault = await createVault(folder, 'correct horse', undefined, session)
  const spare = join(folder, 'session.spare')
  await rename(spare, `${spare}.aside`)
  await mkdir(spare) // nothing can be written there
  await expect(vault.changePassphrase('battery staple', undefined)).rejects.toThrow()
  await rm(spare, { recursive: true })
  await rename(`${spare}.aside`, spare)
  await vault.changePassphrase('battery staple', undefined)
  await rm(join(folder, 'session.sealed'))
  expect(unwrap(await openVault(folder, 'battery staple', undefined)).session.hasOwnPassphrase).toBe(true) // or the server would be offered it
})

test('a session record that is gone opens by its spare', async () => {
  const folder = await aFolder()
  await createVault(folder, 'correct horse', undefined, session)
  await rm(join(folder, 'session.sealed'))
  expect(unwrap(await openVault(folder, 'correct horse', undefined)).session).toEqual(session)
})

test('with a keychain, passphrase and files alone do not open the vault', async () => {
  const folder = await aFolder()
  await createVault(folder, 'correct horse', aKeychain(), session)
  expect(await errorOf(openVault(folder, 'correct horse', aKeychain()))).toBe('opened')
  expect(await errorOf(openVault(folder, 'correct horse', undefined))).toBe('session/keychain-missing')
  expect(await errorOf(openVault(folder, 'correct horse', aKeychain(0x33)))).toBe('session/keychain-missing')
  await changeHeader(folder, (header) => {
    header.keychain = null // pretending that there never was one
  })
  expect(await errorOf(openVault(folder, 'correct horse', undefined))).toBe('session/wrong-passphrase')
})

test('wrapping anew changes the passphrase and keeps the keys', async () => {
  const folder = await aFolder()
  const vault = await createVault(folder, 'old passphrase', undefined, session)
  await vault.rewrap('new passphrase', aKeychain())
  expect(await errorOf(openVault(folder, 'old passphrase', aKeychain()))).toBe('session/wrong-passphrase')
  expect(unwrap(await openVault(folder, 'new passphrase', aKeychain())).keys).toEqual(vault.keys)
})

test('closing overwrites the keys, and nothing is sealed with zeros afterwards', async () => {
  const folder = await aFolder()
  const vault = await createVault(folder, 'correct horse', undefined, session)
  await vault.close()
  expect(Object.values(vault.keys).every((key) => key.every((byte) => byte === 0))).toBe(true)
  await expect(vault.saveSession({ epoch: 'x' })).rejects.toThrow('closed')
  expect(await errorOf(openVault(folder, 'correct horse', undefined))).toBe('opened')
})

test('no file holds a token, a name or an e-mail in clear', async () => {
  const folder = await aFolder()
  await createVault(folder, 'correct horse', undefined, session)
  for (const name of await readdir(folder)) {
    const bytes = await readFile(join(folder, name))
    for (const text of ['refresh-token', 'Anna', 'example.test', 'correct horse']) expect(bytes.includes(text)).toBe(false)
  }
})

test.each([
  ['salt', Buffer.alloc(16, 1).toString('base64')],
  ['salt', ''],
  ['passes', 4],
  ['lanes', 5],
  ['secret', 'AAAA'],
])('a header whose %s was changed to %s opens nothing with the right passphrase', async (field, value) => {
  const folder = await aFolder()
  await createVault(folder, 'correct horse', undefined, session)
  await changeHeader(folder, (header) => {
    header.kdf[field] = value
  })
  expect(['session/wrong-passphrase', 'storage/vault-damaged']).toContain(await errorOf(openVault(folder, 'correct horse', undefined)))
})

test('deriving the key leaves the event loop free', async () => {
  let longestMs = 0
  let lastMs = performance.now()
  const timer = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - lastMs)
    lastMs = performance.now()
  }, 5)
  const startedMs = performance.now()
  await createVault(await aFolder(), 'correct horse', undefined, session)
  clearInterval(timer)
  console.log(`argon2id 64 MiB/3/4: ${Math.round(performance.now() - startedMs)} ms, longest pause of the event loop ${Math.round(longestMs)} ms`)
  expect(longestMs).toBeLessThan((performance.now() - startedMs) / 2)
})
