/** What listens on the loopback for anything that leaves the page: HTTP, two TCP and two UDP ports. */
import { createSocket, type Socket } from 'node:dgram'
import { createServer as createHttp, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createTcp, type Server as TcpServer } from 'node:net'

export interface SinkPorts {
  readonly http: string // 'http://127.0.0.1:1234'
  readonly turnTcp: number
  readonly connectTcp: number // pre-connections, and a socket that speaks no HTTP
  readonly stunUdp: number
  readonly quicUdp: number
}

export interface Sinks {
  readonly ports: SinkPorts
  /** Every hit so far: 'http /path', 'tcp turn', 'udp stun', … */
  readonly hits: readonly string[]
  forget(): void
  close(): Promise<void>
}

const PIXEL = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64')

export async function openSinks(): Promise<Sinks> {
  const hits: string[] = []
  const http = createHttp((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    hits.push(`http ${path}`)
    const type = /worker|script|module/.test(path)
      ? 'text/javascript'
      : /css|style/.test(path)
        ? 'text/css'
        : /frame|object|embed|page|form|open|meta/.test(path)
          ? 'text/html'
          : 'image/gif'
    response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' }).end(type === 'image/gif' ? PIXEL : '')
  })
  http.on('upgrade', (request, socket) => {
    hits.push(`http ${request.url}`)
    socket.destroy()
  })
  const tcp = (name: string) => createTcp((socket) => socket.on('error', () => undefined).on('data', () => undefined) && hits.push(`tcp ${name}`))
  const [turnTcp, connectTcp] = [tcp('turn'), tcp('connect')]
  const [stunUdp, quicUdp] = [createSocket('udp4', () => hits.push('udp stun')), createSocket('udp4', () => hits.push('udp quic'))]
  const servers = [http, turnTcp, connectTcp]
  const [httpPort = 0, turnPort = 0, connectPort = 0] = await Promise.all(servers.map(listen))
  const [stunPort = 0, quicPort = 0] = await Promise.all([stunUdp, quicUdp].map(bind))
  return {
    ports: { http: `http://127.0.0.1:${httpPort}`, turnTcp: turnPort, connectTcp: connectPort, stunUdp: stunPort, quicUdp: quicPort },
    hits,
    forget: () => void hits.splice(0),
    close: async () => {
      http.closeAllConnections()
      for (const server of servers) server.close()
      for (const socket of [stunUdp, quicUdp]) socket.close()
    },
  }
}

const listen = (server: Server | TcpServer): Promise<number> => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))
const bind = (socket: Socket): Promise<number> => new Promise((resolve) => socket.bind(0, '127.0.0.1', () => resolve(socket.address().port)))
