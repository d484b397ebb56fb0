import { expect, onTestFinished, test, vi } from 'vitest'
import { ACCOUNT, aLaptop, codeOf, EMAIL } from './session-control-fixture.ts'

const OWN = 'four words for a laptop'

test('a laptop with a passphrase of its own opens with that one alone, and never tells the server', async () => {
  const { app, restart, server, sent } = await aLaptop()
  expect(await codeOf(app().signIn(EMAIL, ACCOUNT))).toBe('ok')
  expect(await codeOf(app().changePassphrase(ACCOUNT, OWN))).toBe('ok')
  server.refreshTokens.clear() // the server has ended the session
  expect(await codeOf((await restart()).unlock(ACCOUNT))).toBe('session/wrong-passphrase')
  expect(await codeOf(app().unlock(OWN))).toBe('ok')
  await expect.poll(() => app().open?.sync.status().connection).toBe('signInNeeded')
  expect(await codeOf(app().signIn(EMAIL, ACCOUNT))).toBe('ok')
  await expect.poll(() => app().open?.sync.status().connection).toBe('online')
  expect(await codeOf((await restart()).unlock(OWN))).toBe('ok') // signing in again has not brought the account's back
  expect(sent.filter((body) => body.includes(OWN))).toEqual([])
})

test('away for too long, with the session over: the account’s passphrase is asked as well', async () => {
  const { app, restart, server, sent } = await aLaptop()
  await app().signIn(EMAIL, ACCOUNT)
  await app().changePassphrase(ACCOUNT, OWN)
  await app().open?.vault.saveSession({ leaseMs: 1 })
  server.refreshTokens.clear()
  expect(await codeOf((await restart()).unlock(OWN))).toBe('session/account-passphrase-needed')
  expect(await codeOf(app().unlock(OWN, 'not this one'))).toBe('session/wrong-credentials')
  expect(await codeOf(app().unlock(OWN, ACCOUNT))).toBe('ok')
  expect(sent.filter((body) => body.includes(OWN))).toEqual([])
})

test('away for too long, while the session lives: nothing else is asked', async () => {
  const { app, restart } = await aLaptop()
  await app().signIn(EMAIL, ACCOUNT)
  await app().changePassphrase(ACCOUNT, OWN)
  await app().open?.vault.saveSession({ leaseMs: 1 })
  expect(await codeOf((await restart()).unlock(OWN))).toBe('ok')
})

test('away for too long, and the server is out of reach: nothing opens, nothing is lost, and it opens when the server is back', async () => {
  const { app, restart, server } = await aLaptop()
  await app().signIn(EMAIL, ACCOUNT)
  await app().open?.vault.saveSession({ leaseMs: 1 })
  const { fault } = server
  server.fault = (_request, response) => {
    response.destroy()
    return true
  }
  expect(await codeOf((await restart()).unlock(ACCOUNT))).toBe('session/lease-over')
  expect(app().state().phase).toBe('locked')
  server.fault = fault
  expect(await codeOf(app().unlock(ACCOUNT))).toBe('ok')
})

test('the fifth wrong passphrase in the settings locks the app, which then opens after the wait', async () => {
  const { app, world } = await aLaptop()
  expect(await codeOf(app().changePassphrase(ACCOUNT, OWN))).toBe('session/not-open')
  await app().signIn(EMAIL, ACCOUNT)
  for (let i = 1; i <= 4; i++) expect(await codeOf(app().changePassphrase('wrong', OWN))).toBe('session/wrong-passphrase')
  expect(world.closed).toBe(0)
  expect(await codeOf(app().changePassphrase('wrong', OWN))).toBe('session/locked-out')
  expect([world.closed, app().state().phase]).toEqual([1, 'locked'])
  expect(await codeOf(app().unlock(ACCOUNT))).toBe('session/locked-out')
})

test('a lease that ends while the app is open locks it, and the lock screen says why until somebody unlocks', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const { app, server } = await aLaptop()
  await app().signIn(EMAIL, ACCOUNT)
  await app().open?.vault.saveSession({ leaseMs: 40_000 })
  await app().lock()
  expect(app().state().notice).toBeNull()
  server.fault = ({ path }, response) => {
    response.destroy()
    return path !== ''
  }
  expect(await codeOf(app().unlock(ACCOUNT))).toBe('ok')
  await vi.advanceTimersByTimeAsync(61_000)
  await app().lock() // behind the one that is on its way
  expect(app().state()).toMatchObject({ phase: 'locked', notice: 'lease-over' })
  server.fault = () => false
  expect(await codeOf(app().unlock(ACCOUNT))).toBe('ok')
  await app().lock()
  expect(app().state().notice).toBeNull()
})
