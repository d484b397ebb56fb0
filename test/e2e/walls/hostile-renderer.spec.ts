/** Something took over the page: what can it do with the channels it has? docs/walls.md. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as newId } from 'uuid'
import type { CommandArgs, CommandName } from '../../../shared/commands/registry.ts'
import { commands } from '../../../shared/commands/registry.ts'
import { type IpcChannel, ipcContract, type WindowApi } from '../../../shared/ipc/ipc-contract.ts'
import { canonicalJson } from '../../../shared/lib/canonical-json.ts'
import { ApiClient } from '../../support/api-client.ts'
import { type DrivenApp, drive } from '../../support/packed-app.ts'
import { expect, test } from '../../support/packed-firm.ts'
import { sessionPage } from '../../support/pages/session-page.ts'
import { people } from '../../support/people.ts'
import { isAlive } from '../../support/processes.ts'
import { attackChannels } from '../../walls/evil-page.ts'
import { isEnding, requestsOf } from '../../walls/evil-requests.ts'

const callsEach = Number(process.env['ATTACK_CALLS'] ?? 200)
const seed = Number(process.env['ATTACK_SEED'] ?? Date.now() % 2 ** 31)
/** '2/6' = the second sixth of the channels; main takes 200 messages a second, so that a release's 10,000 each take 25 minutes. */
const [part = 1, parts = 1] = (process.env['ATTACK_PART'] ?? '1/1').split('/').map(Number)
console.log(`ATTACK_SEED=${seed} ATTACK_CALLS=${callsEach} ATTACK_PART=${part}/${parts}`)

type Page = { api: WindowApi }
const channels = Object.keys(ipcContract) as IpcChannel[]
const usual = Object.fromEntries(channels.filter((channel) => !isEnding(channel)).map((channel) => [channel, requestsOf[channel]]))
const ending = channels.filter(isEnding)
const all = { ...usual, ...Object.fromEntries(ending.map((channel) => [channel, [requestsOf[channel], 'never whole']])) }

/** Answers for a person who never agrees, and notes what they were asked. */
const refuseDialogs = ({ probe }: DrivenApp) =>
  probe.run(({ dialog }) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    dialog.showMessageBox = (async (...args: unknown[]) => {
      asked.push(`question ${(args.at(-1) as { message: string }).message}`)
      return { response: 1, checkboxChecked: false }
    }) as typeof dialog.showMessageBox
    dialog.showSaveDialog = (async (...args: unknown[]) => {
      asked.push(`save ${(args.at(-1) as { defaultPath: string }).defaultPath}`)
      return { canceled: true, filePath: '' }
    }) as typeof dialog.showSaveDialog
  })
const askedOf = ({ probe }: DrivenApp) => probe.run(({ app }) => ({ documents: app.getPath('documents'), asked: (globalThis as unknown as { asked: string[] }).asked }))

/** The window's keys, taken where only main has them. */
const keysOf = ({ probe }: DrivenApp): Promise<readonly string[]> =>
  probe.run(async ({ ipcMain, BrowserWindow }) => {
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, (event: unknown) => Promise<{ data: Uint8Array; index: Uint8Array } | null>> })._invokeHandlers
    const sender = BrowserWindow.getAllWindows()[0]?.webContents
    const keys = await handlers.get('preload:window-keys')?.({ sender, senderFrame: sender?.mainFrame })
    return keys ? [keys.data, keys.index].flatMap((key) => [Buffer.from(key).toString('hex'), Buffer.from(key).toString('base64').replace(/=+$/, '')]) : []
  })

/** Everything two people can see who together see the whole firm. */
async function stateOfFirm(url: string): Promise<string> {
  const clients = await Promise.all([people.compliance, people.controller, people.stranger].map((email) => ApiClient.signIn(url, email)))
  const rows = (await Promise.all(clients.map((client) => client.listRows()))).flat()
  return canonicalJson(rows.map((row) => canonicalJson(row)).sort())
}

const logOf = (app: DrivenApp): string => readFileSync(join(app.userData, 'logs', 'main.log'), 'utf8')

test('the page gets no key, changes nothing outside its rights and ends nothing', async ({ firm, packed }) => {
  test.setTimeout(callsEach > 200 ? 3_600_000 : 180_000)
  const before = await stateOfFirm(firm.url)
  const homeBefore = readdirSync(packed.home).sort()
  const app = await drive(packed, firm.url, { RAPPORT_IDLE_LOCK_SECONDS: '86400' }) // ten thousand messages a channel take longer than nobody may touch the app
  try {
    await refuseDialogs(app)
    const early = await app.page.evaluate(attackChannels, { channels: all, ending, callsEach: 10, seed, secrets: [] })
    expect(Object.keys(early.answers).filter((answer) => /^(outbox|sync:(now|pull|snapshot)|file|reminders)\S* ok$/.test(answer))).toEqual([])

    await sessionPage(app).signIn(people.advisor)
    const secrets = await keysOf(app)
    expect(secrets.length, 'two keys in two spellings').toBe(4)
    const mine = Object.fromEntries(Object.entries(all).filter((_, i) => i % parts === part - 1))
    const report = await app.page.evaluate(attackChannels, { channels: mine, ending, callsEach, seed, secrets })
    console.log(`attack: ${report.calls} messages on ${Object.keys(mine).length} channels, slowest ${Math.round(report.slowestMs)} ms; ${JSON.stringify(report.answers)}`)
    expect(report.leaks).toEqual([])
    expect(report.oddAnswers).toEqual([])
    expect(Object.keys(report.answers).filter((answer) => answer.endsWith('storage/write-failed'))).toEqual([]) // calls at the same time took each other's file away
    expect(report.calls).toBe(callsEach * Object.keys(mine).length)
    expect(isAlive(app.pid)).toBe(true)
    expect(logOf(app)).not.toMatch(/ipc\.broke|main\.uncaught|main\.unhandled/)

    const { asked, documents } = await askedOf(app)
    expect(asked.filter((one) => one.startsWith('save ') && join(one.slice(5), '..') !== documents)).toEqual([])
    expect(await app.page.evaluate(() => (globalThis as unknown as Page).api.invoke('settings:get', {}))).toMatchObject({ ok: true, value: { serverUrl: firm.url } })
    expect(readdirSync(packed.home).filter((name) => !homeBefore.includes(name) && !name.startsWith('profile-') && !name.startsWith('.') && name !== 'Rapport')).toEqual([])
  } finally {
    await app.close()
  }
  expect((await stateOfFirm(firm.url)) === before, 'the firm’s records are as they were').toBe(true)
})

/** What an advisor may not do, as well-formed as the app itself would say it. */
async function forbiddenCommands(url: string): Promise<readonly { readonly name: CommandName; readonly args: unknown }[]> {
  const [stranger, controller, advisor] = await Promise.all([people.stranger, people.controller, people.advisor].map((email) => ApiClient.signIn(url, email)))
  if (!stranger || !controller || !advisor) throw new Error('nobody there')
  const [household] = await stranger.list('households')
  const [claim] = await controller.list('outcomeClaims')
  const made = <N extends CommandName>(name: N, args: CommandArgs<N>) => ({ name, args })
  const id = household?.id ?? ''
  const wellFormed = [
    made('household/edit', { id, edits: { name: { from: household?.name ?? '', to: 'Taken over' } } }),
    made('coverage/grant', { id: newId(), householdId: id, colleagueId: advisor.me.id, role: 'associate', fromOn: '2026-01-01', toOn: null }),
    made('person/add', { id: newId(), name: 'Planted', memberships: [{ householdId: id, role: 'other' }], birthOn: null, email: null, phone: null }),
    made('verification/reject', { id: claim?.id ?? '', reason: 'evil' } as never),
    made('verification/import', { id: newId(), sha256: 'a'.repeat(64), name: 'evil.xml', sizeBytes: 1 }),
  ]
  return [...wellFormed, ...commands.map(({ name }) => ({ name, args: {} }))]
}

test('the page’s well-formed commands go no further than the person’s rights, and what cannot be undone is asked outside of it', async ({ firm, packed }) => {
  test.setTimeout(180_000)
  const forbidden = await forbiddenCommands(firm.url)
  const before = await stateOfFirm(firm.url)
  const app = await drive(packed, firm.url)
  try {
    await sessionPage(app).signIn(people.advisor)
    const drafts = forbidden.map(({ name, args }) => ({ id: newId(), name, version: 1, args, madeAtMs: Date.now() }))
    const appended = await app.page.evaluate((list) => (globalThis as unknown as Page).api.invoke('outbox:append', { commands: list }), drafts)
    expect(appended.ok).toBe(true)
    await expect
      .poll(
        () => app.page.evaluate(() => (globalThis as unknown as Page).api.invoke('outbox:list', {}).then((list) => (list.ok ? list.value.items.map(({ status }) => status) : []))),
        { timeout: 60_000 },
      )
      .toEqual(drafts.map(() => 'refused'))

    await refuseDialogs(app)
    const [left, device] = await app.page.evaluate(async () => {
      const { api } = globalThis as unknown as Page
      const devices = await api.invoke('devices:list', {})
      const deviceId = devices.ok ? devices.value.devices.find(({ isThis }) => isThis)?.id : undefined
      const first = await api.invoke('session:sign-out', { discardUnsent: true })
      await api.invoke('devices:revoke', { deviceId: deviceId ?? '' })
      return [first, devices.ok && devices.value.devices.find(({ isThis }) => isThis)] as const
    })
    expect(left).toMatchObject({ ok: false, error: { code: 'session/unsent-work' } })
    expect(device).toMatchObject({ revokedAtMs: null })
    expect((await askedOf(app)).asked).toEqual([`question Sign out and lose ${drafts.length} changes?`, `question Withdraw “${device ? device.name : ''}”?`])
    expect(await app.page.evaluate(() => (globalThis as unknown as Page).api.invoke('sync:status', {}))).toMatchObject({ ok: true, value: { refusedCount: drafts.length } })
  } finally {
    await app.close()
  }
  expect((await stateOfFirm(firm.url)) === before, 'the firm’s records are as they were').toBe(true)
})

test('a flood is slowed down, a lock in the middle of it ends it, and late calls get nothing', async ({ firm, packed }) => {
  test.setTimeout(180_000)
  const app = await drive(packed, firm.url)
  try {
    await sessionPage(app).signIn(people.advisor)
    const codes = await app.page.evaluate(async () => {
      const { api } = globalThis as unknown as Page
      const answers = await Promise.all(Array.from({ length: 5_000 }, () => api.invoke('outbox:list', {}).then((answer) => (answer.ok ? 'ok' : answer.error.code))))
      return { slowed: answers.filter((code) => code === 'request/too-many').length, others: [...new Set(answers)].sort() }
    })
    expect(codes.slowed).toBeGreaterThan(2_000)
    expect(codes.others).toEqual(['ok', 'request/too-many'])
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await app.page.evaluate(() => {
      const { api } = globalThis as unknown as Page
      for (let left = 300; left > 0; left--) void api.invoke('sync:pull', { cursor: null, scopeHash: null, sinceN: 0 }).catch(() => undefined)
      void api.invoke('session:lock', {})
      for (let left = 300; left > 0; left--) void api.invoke('outbox:settle', { throughN: 1 }).catch(() => undefined)
    })
    await expect
      .poll(
        () =>
          app.probe.run(
            ({ BrowserWindow }) =>
              BrowserWindow.getAllWindows()[0]
                ?.webContents.executeJavaScript(`document.querySelector('[data-testid=unlock-passphrase]') !== null`)
                .catch(() => false) as Promise<boolean>,
          ),
        { timeout: 30_000 },
      )
      .toBe(true)
    const late = await app.probe.run(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          `Promise.all([api.invoke('outbox:list', {}), api.invoke('sync:snapshot', { householdIds: [], after: null }), api.openCipher()])`,
        ) as Promise<unknown[]>,
    )
    expect(late).toMatchObject([{ ok: false, error: { code: 'session/not-open' } }, { ok: false }, false])
    expect(await keysOf(app)).toEqual([])
    expect(logOf(app)).not.toMatch(/ipc\.broke|main\.uncaught|main\.unhandled/)
  } finally {
    await app.close()
  }
})

test('the cipher seals and opens, and its keys stay in the other world', async ({ firm, packed }) => {
  test.setTimeout(180_000)
  const app = await drive(packed, firm.url)
  try {
    await sessionPage(app).signIn(people.advisor)
    const secrets = await keysOf(app)
    const seen = await app.page.evaluate(() => {
      const { api } = globalThis as unknown as Page
      const stolen: unknown[] = []
      // Everything the cipher might touch on its way, replaced by something that listens.
      const listen = (on: object, name: string) => {
        const old = (on as Record<string, unknown>)[name]
        if (typeof old === 'function')
          Object.defineProperty(on, name, {
            configurable: true,
            value(this: unknown, ...args: unknown[]) {
              stolen.push(this, ...args)
              return (old as (...all: unknown[]) => unknown).apply(this, args)
            },
          })
      }
      for (const name of ['set', 'subarray', 'slice', 'fill']) listen(Object.getPrototypeOf(Uint8Array.prototype) as object, name)
      for (const name of ['setUint32', 'getUint32']) listen(DataView.prototype, name)
      listen(crypto, 'getRandomValues')
      listen(TextEncoder.prototype, 'encode')
      const errors: string[] = []
      const attempt = (action: () => unknown) => {
        try {
          stolen.push(action())
        } catch (error) {
          errors.push(String(error), String((error as Error).stack))
        }
      }
      const sealed = api.cipher.seal('a', new Uint8Array([1, 2, 3]))
      const odd: unknown[] = [
        undefined,
        null,
        -1,
        2 ** 40,
        'x',
        {},
        [],
        { length: -5 },
        { length: 1e9 },
        new Float64Array(4),
        new ArrayBuffer(8),
        new Proxy({}, {}),
        {
          toString: () => {
            throw new Error('x')
          },
        },
        sealed.subarray(0, 10),
        new Uint8Array(0),
      ]
      for (const one of odd) {
        attempt(() => api.cipher.seal(one as string, one as Uint8Array))
        attempt(() => api.cipher.open(one as string, one as Uint8Array))
        attempt(() => api.cipher.openMany(one as never))
        attempt(() => api.cipher.openMany([one as never]))
        attempt(() => api.cipher.token(one as string))
      }
      const frame = document.createElement('iframe')
      document.body.append(frame)
      const inFrame = frame.contentWindow !== null && 'api' in frame.contentWindow
      const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
      const text = stolen
        .map((one) => (ArrayBuffer.isView(one) ? hex(new Uint8Array(one.buffer)) : one instanceof ArrayBuffer ? hex(new Uint8Array(one)) : typeof one === 'string' ? one : ''))
        .join('\n')
      return { text: `${text}\n${errors.join('\n')}`, inFrame, opened: [...api.cipher.open('a', sealed)] }
    })
    expect(seen.opened).toEqual([1, 2, 3])
    expect(seen.inFrame).toBe(false)
    expect(secrets.filter((secret) => seen.text.includes(secret))).toEqual([])
    expect(seen.text).not.toMatch(/\/preload|asar/) // where the code lies is nobody’s business
  } finally {
    await app.close()
  }
})

test('every handler of main goes through the one wrapper', () => {
  const root = new URL('../../../main/', import.meta.url)
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
  const registering = files.filter((name) => /ipcMain\b.*\.(?:handle|on|once|handleOnce)\(|\.ipc\.(?:handle|on)\(/.test(readFileSync(new URL(name, root), 'utf8')))
  expect(registering).toEqual(['ipc/register-ipc.ts'])
})
