import { request } from 'node:http'

/** Listens to server-sent events until `close`; comes back after an end, as the app does. */
export function listenToHeads(url: string, accessToken: string, onChanged: (head: number) => void): { readonly opened: Promise<void>; readonly close: () => void } {
  let isClosed = false
  let current: ReturnType<typeof request> | undefined
  const { promise: opened, resolve } = Promise.withResolvers<void>()
  const connect = (): void => {
    if (isClosed) return
    current = request(`${url}/v1/sync/events`, { headers: { authorization: `Bearer ${accessToken}` }, agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        text += part
        const events = text.split('\n\n')
        text = events.pop() ?? ''
        for (const event of events) {
          const head = /"head":(\d+)/.exec(event)?.[1]
          if (head === undefined) continue
          resolve()
          onChanged(Number(head))
        }
      })
      answer.on('end', connect)
    })
    current.on('error', () => setTimeout(connect, 1_000))
    current.end()
  }
  connect()
  return {
    opened,
    close: () => {
      isClosed = true
      current?.destroy()
    },
  }
}
