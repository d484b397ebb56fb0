import { expect, test } from 'vitest'
import { ok } from '../../shared/lib/result.ts'
import type { OpenSession } from '../session/open-session.ts'
import { makeEndingHandlers } from './ending-handlers.ts'

/** A session of which only the counts matter, and a person who answers `says`. */
function ending(counts: { readonly unsentCount: number; readonly refusedCount: number } | undefined, says: boolean) {
  const asked: (number | string)[] = []
  const signedOut: boolean[] = []
  const answer = async (about: number | string) => {
    asked.push(about)
    return says
  }
  const open = counts && ({ sync: { status: () => counts } } as unknown as OpenSession)
  const signOut = async (discardUnsent: boolean) => {
    signedOut.push(discardUnsent)
    return ok({})
  }
  return { asked, signedOut, ...makeEndingHandlers({ session: { open, signOut }, isLossWanted: answer, isRevokeWanted: answer }) }
}

test('unsent and refused work is given up only when the person says so to main', async () => {
  const refusing = ending({ unsentCount: 2, refusedCount: 1 }, false)
  expect(await refusing.signOut(true)).toMatchObject({ ok: false, error: { code: 'session/unsent-work', params: { count: 3 } } })
  expect(refusing).toMatchObject({ asked: [3], signedOut: [] })
  const agreeing = ending({ unsentCount: 0, refusedCount: 1 }, true)
  await agreeing.signOut(true)
  expect(agreeing).toMatchObject({ asked: [1], signedOut: [true] })
})

test.each([undefined, { unsentCount: 0, refusedCount: 0 }])('with nothing to lose nobody is asked, and nothing may be lost: %j', async (counts) => {
  const { signOut, asked, signedOut } = ending(counts, true)
  await signOut(true)
  expect({ asked, signedOut }).toEqual({ asked: [], signedOut: [false] })
})

test('a page that does not offer to lose work is not helped to', async () => {
  const { signOut, asked, signedOut } = ending({ unsentCount: 1, refusedCount: 0 }, true)
  await signOut(false)
  expect({ asked, signedOut }).toEqual({ asked: [], signedOut: [false] })
})
