import { makeCipher } from '../../../main/preload/window-cipher.ts'
import { type AppError, appError } from '../../../shared/errors/error-codes.ts'
import { type IpcChannel, type IpcEventName, type IpcEvents, ipcContract, type WindowApi } from '../../../shared/ipc/ipc-contract.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { world } from '../world/globals.ts'
import type { Process } from '../world/scheduler.ts'
import type { LaptopKeys, OpenMain } from './open-main.ts'

type Listener = (payload: never) => void

/** The bridge between one window and its main process: copies of what is said, a moment later. */
export class WindowBridge {
  readonly #window: Process
  readonly #main: OpenMain
  readonly #listeners = new Map<IpcEventName, Set<Listener>>()
  readonly api: WindowApi

  constructor(window: Process, main: OpenMain, keys: LaptopKeys) {
    this.#window = window
    this.#main = main
    const { invoke, on } = this
    this.api = { invoke, on, openCipher: async () => true, cipher: makeCipher(() => keys) } as unknown as WindowApi
  }

  emit<E extends IpcEventName>(event: E, payload: IpcEvents[E]): void {
    const tell = () => {
      for (const listener of this.#listeners.get(event) ?? []) listener(structuredClone(payload) as never)
    }
    world.scheduler.at(0.3, `ipc ${event}`, tell, this.#window)
  }

  readonly invoke = (channel: IpcChannel, request: unknown): Promise<unknown> => {
    const { scheduler } = world
    const parsed = ipcContract[channel].request.parse(structuredClone(request))
    return new Promise((resolve) => {
      const answer = (value: unknown) => scheduler.at(0.3, `ipc answer ${channel}`, () => resolve(structuredClone(value)), this.#window)
      scheduler.at(0.3, `ipc ${channel}`, () => void Promise.resolve(handle(this.#main, channel, parsed)).then(answer), this.#main.process)
    })
  }

  readonly on = (event: IpcEventName, listener: Listener): (() => boolean) => {
    const listeners = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, listeners.add(listener))
    return () => listeners.delete(listener)
  }
}

/** As main/ipc/handlers.ts does it. */
function handle({ journal, sync }: OpenMain, channel: IpcChannel, request: unknown): Promise<Result<unknown, AppError>> | Result<unknown, AppError> {
  const given = request as { commands: never; command: never; throughN: number; id: string; isStored: boolean }
  const changed = async (result: Promise<Result<unknown, AppError>>) => {
    const settled = await result
    if (settled.ok) sync.workAdded()
    return settled.ok ? ok({}) : settled
  }
  switch (channel) {
    case 'outbox:append':
      return journal.append(given.commands).then((items) => {
        sync.workAdded()
        return items.ok ? ok({ items: items.value }) : items
      })
    case 'outbox:hold':
      return journal.hold(given.command).then((held) => (held.ok ? ok({ n: held.value.n }) : held))
    case 'outbox:decide':
      return journal.decide(given.id, given.isStored).then((isKept) => {
        if (isKept) sync.workAdded()
        return ok({ isKept })
      })
    case 'outbox:list':
      return ok({ items: journal.listOpen() })
    case 'outbox:settle':
      return changed(journal.settle(given.throughN))
    case 'outbox:discard':
      return changed(journal.discard(given.id))
    case 'sync:pull':
      return sync.pull(request as never)
    case 'sync:snapshot':
      return sync.snapshot(request as never)
    case 'sync:status':
      return ok(sync.status())
    case 'reminders:set':
      return ok({})
    default:
      return err(appError('app/bug'))
  }
}
