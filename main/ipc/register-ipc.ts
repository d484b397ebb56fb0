import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import type { z } from 'zod'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { type IpcChannel, type IpcResponse, ipcContract } from '../../shared/ipc/ipc-contract.ts'
import { err, type Result } from '../../shared/lib/result.ts'
import type { Log } from '../log/log.ts'
import { CONTRACT_PREFIX, WINDOW_KEYS_CHANNEL } from './channel-names.ts'
import { isTooLarge } from './measure-value.ts'
import { makeRateLimit } from './rate-limit.ts'

type Parsed<C extends IpcChannel> = z.output<(typeof ipcContract)[C]['request']>
export type IpcHandlers = { readonly [C in IpcChannel]: (request: Parsed<C>) => Result<IpcResponse<C>, AppError> | Promise<Result<IpcResponse<C>, AppError>> }

export interface IpcOptions {
  readonly ipcMain: Pick<IpcMain, 'handle'>
  /** True only for the main frame of the app's own window, showing the app's own page. */
  readonly isTrusted: (event: IpcMainInvokeEvent) => boolean
  readonly log: Log
  /** Keys for the preload's cipher; null while nobody has the app open. */
  readonly windowKeys: () => { readonly data: Uint8Array; readonly index: Uint8Array } | null
}

const USUAL_BYTES = 1_000_000
const mostBytes: Partial<Record<IpcChannel, number>> = { 'file:stage': 20 * 1_024 * 1_024 + 2_000, 'file:save-text': 6_000_000 }

/** Puts a handler behind every channel of the contract; a missing one does not compile. */
export function registerIpc(handlers: IpcHandlers, options: IpcOptions): void {
  const isWithinRate = makeRateLimit({ perSecond: 200, burst: 1_000 })
  const check = (event: IpcMainInvokeEvent, channel: string): AppError | undefined => {
    if (!options.isTrusted(event)) return appError('app/ipc-untrusted', { channel })
    return isWithinRate() ? undefined : appError('request/too-many')
  }
  for (const channel of Object.keys(ipcContract) as IpcChannel[]) {
    options.ipcMain.handle(`${CONTRACT_PREFIX}${channel}`, async (event, request: unknown) => {
      const refusal = check(event, channel)
      const answer = refusal ? err(refusal) : await answerCall(handlers, channel, request, options.log)
      if (!answer.ok && answer.error.code !== 'sync/offline') options.log.info('ipc.refused', { channel, code: answer.error.code })
      return answer
    })
  }
  options.ipcMain.handle(WINDOW_KEYS_CHANNEL, (event) => (check(event, WINDOW_KEYS_CHANNEL) ? null : options.windowKeys()))
}

async function answerCall<C extends IpcChannel>(handlers: IpcHandlers, channel: C, request: unknown, log: Log): Promise<Result<IpcResponse<C>, AppError>> {
  try {
    if (isTooLarge(request, mostBytes[channel] ?? USUAL_BYTES)) return err(appError('request/too-large'))
    const parsed = ipcContract[channel].request.safeParse(request)
    if (!parsed.success) return err(appError('app/ipc-malformed', { channel, field: parsed.error.issues[0]?.path.join('.').slice(0, 100) ?? '' }))
    return await handlers[channel](parsed.data as Parsed<C>)
  } catch (cause) {
    log.bug('ipc.broke', cause, { channel })
    return err(appError('app/bug'))
  }
}
