import { z } from 'zod'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { deviceListSchema } from '../../shared/sync/session.ts'
import type { OpenSession } from '../session/open-session.ts'
import type { SessionControl } from '../session/session-control.ts'

export interface EndingDeps {
  readonly session: Pick<SessionControl, 'open' | 'signOut'>
  /** Asks the person, outside of the page. */
  readonly isLossWanted: (count: number) => Promise<boolean>
  readonly isRevokeWanted: (deviceName: string) => Promise<boolean>
}

const nothing: Result<Record<string, never>, AppError> = ok({})

/** What a page that something took over must not do alone, because nobody can undo it. */
export const makeEndingHandlers = ({ session, isLossWanted, isRevokeWanted }: EndingDeps) => ({
  /** Where nothing was to lose when the person could be asked, nothing may be lost: work that came since is refused as ever. */
  signOut: async (discardUnsent: boolean): Promise<Result<Record<string, never>, AppError>> => {
    const status = session.open?.sync.status()
    const count = status ? status.unsentCount + status.refusedCount : 0
    const isLossAsked = discardUnsent && count > 0
    if (isLossAsked && !(await isLossWanted(count))) return err(appError('session/unsent-work', { count }))
    return session.signOut(isLossAsked)
  },
  /** Unchanged, and no error, where the person says no. Names the device as the server does, not as the page would. */
  revoke: async ({ sync }: OpenSession, deviceId: string): Promise<Result<Record<string, never>, AppError>> => {
    const list = await sync.request({ method: 'POST', path: '/v1/devices/list', json: { colleagueId: null }, response: deviceListSchema })
    if (!list.ok) return list
    const name = list.value.devices.find(({ id }) => id === deviceId)?.name ?? deviceId
    if (!(await isRevokeWanted(name))) return nothing
    const answer = await sync.request({ method: 'POST', path: '/v1/devices/revoke', json: { deviceId }, response: z.unknown() })
    return answer.ok ? nothing : answer
  },
})
