import { connect } from 'node:net'
import { createInterface } from 'node:readline'

type Electron = typeof import('electron')
type Require = (name: string) => unknown

/** Runs functions in the main process of a test package (main/start/test-probe.ts). They take nothing along but `arg`. */
export interface Probe {
  run<T, A>(action: (electron: Electron, arg: A, load: Require) => T | Promise<T>, arg: A): Promise<T>
  run<T>(action: (electron: Electron, arg: undefined, load: Require) => T | Promise<T>): Promise<T>
  close(): void
}

/** @throws when nobody listens there yet */
export async function connectProbe(path: string): Promise<Probe> {
  const socket = connect(path)
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  let lastId = 0
  createInterface({ input: socket }).on('line', (line) => {
    const { id, value, error } = JSON.parse(line) as { readonly id: number; readonly value?: unknown; readonly error?: string }
    if (error === undefined) waiting.get(id)?.resolve(value as never)
    else waiting.get(id)?.reject(new Error(error))
    waiting.delete(id)
  })
  const end = () => {
    for (const { reject } of waiting.values()) reject(new Error('the main process has gone'))
    waiting.clear()
  }
  socket.on('close', end).on('error', end)
  const run = (action: (...args: never[]) => unknown, arg?: unknown) =>
    new Promise<never>((resolve, reject) => {
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      socket.write(`${JSON.stringify({ id, source: action.toString(), arg })}\n`)
    })
  return { run: run as Probe['run'], close: () => void socket.destroy() }
}
