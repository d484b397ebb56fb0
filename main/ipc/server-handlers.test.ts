import { expect, test } from 'vitest'
import type { SessionState, Settings } from '../../shared/ipc/ipc-contract.ts'
import { ok } from '../../shared/lib/result.ts'
import { cleanServerUrl } from '../settings/settings-store.ts'
import { makeServerHandlers } from './server-handlers.ts'

const state = { phase: 'signedOut' } as SessionState

/** A laptop whose settings name `url`, and a person who answers `says`. */
function aLaptop({ url = 'https://elsewhere.example', isMeeting = true, says = true } = {}) {
  const asked: string[] = []
  const done: string[] = []
  let settings = { serverUrl: url } as Settings
  const session = {
    state: () => state,
    isMeetingServer: () => isMeeting,
    signIn: async () => {
      done.push('sign-in')
      return ok(state)
    },
    signInByOidc: async () => {
      done.push('oidc')
      return ok({ email: 'a@b.example', next: 'new' as const })
    },
  }
  const set = async (change: { readonly serverUrl?: string | undefined }) => {
    settings = { ...settings, serverUrl: cleanServerUrl(change.serverUrl ?? settings.serverUrl) }
    return ok(settings)
  }
  const isServerWanted = async (wanted: string) => {
    asked.push(wanted)
    return says
  }
  return { asked, done, ...makeServerHandlers({ session, settings: { get: () => settings, set }, isServerWanted }) }
}
const anna = { email: 'anna@office.example', passphrase: 'correct horse' }

test('a passphrase goes to a server that this laptop does not know only when the person says so to main, who names it', async () => {
  const refusing = aLaptop({ says: false })
  expect(await refusing['session:sign-in'](anna)).toEqual(ok(state))
  expect(await refusing['session:oidc-sign-in']()).toMatchObject({ ok: false, error: { code: 'session/oidc-given-up' } })
  expect(refusing).toMatchObject({ asked: ['https://elsewhere.example', 'https://elsewhere.example'], done: [] })
  const agreeing = aLaptop()
  await agreeing['session:sign-in'](anna)
  await agreeing['session:sign-in'](anna)
  expect(agreeing).toMatchObject({ asked: ['https://elsewhere.example'], done: ['sign-in', 'sign-in'] })
})

test('nobody is asked about the server that they work with', async () => {
  const { done, asked, ...handlers } = aLaptop({ isMeeting: false, says: false })
  await handlers['session:sign-in'](anna)
  await handlers['session:oidc-sign-in']()
  expect({ done, asked }).toEqual({ done: ['sign-in', 'oidc'], asked: [] })
})

test('another address in the settings is asked about, and then not again at the sign-in', async () => {
  const refusing = aLaptop({ says: false })
  await refusing['settings:set']({ serverUrl: 'https://third.example' })
  await refusing['settings:set']({ serverUrl: 'https://elsewhere.example/' }) // the present one
  expect(refusing.asked).toEqual(['https://third.example'])
  const agreeing = aLaptop()
  await agreeing['settings:set']({ serverUrl: ' https://third.example/ ' })
  await agreeing['session:sign-in'](anna)
  expect(agreeing.asked).toEqual(['https://third.example'])
})
