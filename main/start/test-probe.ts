import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import * as electron from 'electron'

/**
 * Runs what a test sends, in the main process of a package that tests drive: a packed app cannot be debugged, and what it
 * has set has to be read from the inside. The build leaves this file out of every other bundle, see `__ALLOW_DEBUG_PORT__`.
 * Line in: { id, source, arg }, `source` being a function of (electron, arg). Line out: { id, value } or { id, error }.
 */
export function listenForTests(path: string | undefined): void {
  if (path === undefined) return
  createServer((socket) => createInterface({ input: socket }).on('line', (line) => void answer(socket, line))).listen(path)
}

async function answer(socket: Socket, line: string): Promise<void> {
  const { id, source, arg } = JSON.parse(line) as { readonly id: number; readonly source: string; readonly arg: unknown }
  try {
    const run = new Function('electron', 'arg', 'require', `return (${source})(electron, arg, require)`)
    socket.write(`${JSON.stringify({ id, value: await run(electron, arg, require) })}\n`)
  } catch (error) {
    socket.write(`${JSON.stringify({ id, error: String(error) })}\n`)
  }
}
