import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { AppError } from '../../shared/errors/error-codes.ts'
import { err, type Result } from '../../shared/lib/result.ts'
import type { Log } from '../log/log.ts'
import { HttpClient } from '../sync/http-client.ts'
import { aColleague, SmallServer } from '../sync/small-server.ts'
import type { Keychain } from '../vault/keychain.ts'
import type { OidcFlow } from './oidc-flow.ts'
import { SessionControl } from './session-control.ts'

export const EMAIL = aColleague.email
/** The one that the small server knows. */
export const ACCOUNT = 'correct horse'

/** Stands for the operating system's: one with another name or another key cannot open what this one wrapped. */
export function aKeychain(backend: string, key = 0x5a): Keychain {
  const turn = (bytes: Uint8Array) => Buffer.from(bytes.map((byte) => byte ^ key))
  return {
    backend,
    wrap: (secret) => Buffer.concat([Buffer.from([key]), turn(secret)]),
    unwrap: (wrapped) => (wrapped[0] === key ? turn(wrapped.subarray(1)) : undefined),
  }
}

/** A laptop, whose app can be started anew and whose keychain can change, and the bodies that its server was sent. */
export async function aLaptop() {
  const userData = await mkdtemp(join(tmpdir(), 'rapport-control-'))
  const server = new SmallServer()
  await server.start()
  const sent: string[] = []
  server.fault = ({ body }) => {
    sent.push(JSON.stringify(body))
    return false
  }
  const world: { keychain: Keychain | undefined; closed: number; settingsUrl: string | undefined } = { keychain: undefined, closed: 0, settingsUrl: undefined }
  const warned: string[] = []
  const log: Log = { info: () => undefined, warn: (event) => warned.push(event), bug: (event, cause) => console.error(event, cause) }
  const oidc = { signIn: async () => err<AppError>({ code: 'session/oidc-off', params: {} }), cancel: () => undefined } as unknown as OidcFlow
  let control = startControl()
  function startControl() {
    return new SessionControl({
      userData,
      log,
      deviceName: 'Laptop',
      serverUrl: () => world.settingsUrl ?? server.url,
      httpFor: (url) => new HttpClient(url, fetch),
      keychain: () => world.keychain,
      oidc,
      onSyncChange: () => undefined,
      onSyncPage: () => undefined,
      showReminder: () => undefined,
      onOpened: () => undefined,
      onClosed: () => {
        world.closed += 1
      },
    })
  }
  onTestFinished(async () => {
    await control.shutDown()
    await server.stop()
  })
  return {
    userData,
    server,
    sent,
    world,
    warned,
    app: () => control,
    async restart(): Promise<SessionControl> {
      await control.shutDown()
      control = startControl()
      return control
    },
  }
}

export const codeOf = async (answer: Promise<Result<unknown, AppError>>): Promise<string> => {
  const result = await answer
  return result.ok ? 'ok' : result.error.code
}
