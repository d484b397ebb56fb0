import type { IpcChannel, IpcEventName, IpcRequest, WindowApi } from '../../shared/ipc/ipc-contract.ts'

/** What the page asks first: the preload asks it before the page's own code is read. */
const firstAsked = ['session:get', 'settings:get', 'sync:status'] as const

/** Main's answers to the page's first questions, each given once. What main announces meanwhile makes them old: the page then asks itself. */
export function askEarly(ask: WindowApi['invoke'], on: (event: IpcEventName, listener: () => void) => void): WindowApi['invoke'] {
  const answers = new Map<IpcChannel, Promise<unknown>>(firstAsked.map((channel) => [channel, ask(channel, {})]))
  on('event:session-changed', () => answers.clear())
  on('event:sync-changed', () => answers.delete('sync:status'))

  return <C extends IpcChannel>(channel: C, request: IpcRequest<C>) => {
    const answer = answers.get(channel) as ReturnType<typeof ask<C>> | undefined
    answers.delete(channel)
    return answer ?? ask(channel, request)
  }
}
