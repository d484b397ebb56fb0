/** A TCP proxy between app and server that goes wrong in the ways of real networks. */

import type { AddressInfo } from 'node:net'
import { createConnection, createServer, type Server, type Socket } from 'node:net'

export type NetworkFault = 'none' | 'down' | 'reset' | 'drop' | 'delay' | 'truncate' | 'double-bytes' | 'double-requests' | 'half-open'
export const networkFaults = ['reset', 'drop', 'delay', 'truncate', 'double-bytes', 'double-requests', 'half-open'] as const

export class FaultyProxy {
  fault: NetworkFault = 'none'
  faultCount = 0
  readonly #upstreamPort: number
  readonly #random: () => number
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  constructor(upstreamPort: number, random: () => number) {
    this.#upstreamPort = upstreamPort
    this.#random = random
    this.#server = createServer((client) => this.#join(client))
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** From now on; what is under way breaks, as it does when a cable is pulled. */
  set(fault: NetworkFault): void {
    this.fault = fault
    if (fault !== 'delay') for (const socket of this.#sockets) socket.destroy()
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((done) => this.#server.close(done))
  }

  #join(client: Socket): void {
    this.#keep(client)
    if (this.fault === 'down') return void client.destroy()
    const server = this.#keep(createConnection(this.#upstreamPort, '127.0.0.1'))
    const isHit = this.fault !== 'none' && this.#random() < 0.7 // some get through, so that there is something to break
    if (isHit) this.faultCount++
    const fault = isHit ? this.fault : 'none'
    if (fault === 'double-requests') this.#repeat(client)
    this.#pass(client, server, fault, this.#random() < 0.5)
    this.#pass(server, client, fault, this.#random() < 0.5)
    client.on('close', () => server.destroy())
    server.on('close', () => client.destroy())
  }

  #pass(from: Socket, to: Socket, fault: NetworkFault, isThisWay: boolean): void {
    let left = Math.floor(this.#random() * 1_500) // bytes until it happens
    from.on('data', (bytes) => {
      if (fault === 'delay') return void setTimeout(() => to.writable && to.write(bytes), this.#random() * 800)
      if (!isThisWay || fault === 'none' || fault === 'double-requests' || bytes.length <= left) {
        left -= isThisWay ? bytes.length : 0
        return void to.write(bytes)
      }
      if (fault === 'half-open') return // it hears nothing more, and nobody says so
      to.write(bytes.subarray(0, left))
      if (fault === 'double-bytes') to.write(bytes)
      else if (fault === 'truncate') to.end()
      else if (fault === 'reset') from.resetAndDestroy()
      else from.destroy()
    })
  }

  /** Everything that the app sends reaches the server a second time, over a line whose answers nobody hears. */
  #repeat(client: Socket): void {
    const again = this.#keep(createConnection(this.#upstreamPort, '127.0.0.1'))
    again.resume()
    client.on('data', (bytes) => void setTimeout(() => again.writable && again.write(bytes), this.#random() * 200))
    client.on('close', () => setTimeout(() => again.destroy(), 400))
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket)
    socket.on('error', () => undefined) // it is meant to break
    socket.on('close', () => this.#sockets.delete(socket))
    return socket
  }
}
