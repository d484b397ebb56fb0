import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ServerOptions, startTestServer, type TestServer } from '../../support/test-server.ts'
import type { BenchDatabase } from '../firm/bench-postgres.ts'
import type { BenchContext } from './bench.ts'

/** No limit stands in the way of many devices on one machine. */
const NO_LIMITS = { RAPPORT_REQUESTS_PER_SECOND: '100000', RAPPORT_SIGN_INS_PER_ACCOUNT: '100000', RAPPORT_SIGN_INS_PER_IP: '100000' }

/** The real server as a process of its own, on the bench's database. */
export async function startBenchServer(
  { folder, defer }: Pick<BenchContext, 'folder' | 'defer'>,
  database: Pick<BenchDatabase, 'url' | 'appUrl'>,
  options: Pick<ServerOptions, 'env' | 'nodeArgs'> = {},
): Promise<TestServer> {
  const server = await startTestServer({
    dataDir: join(folder, 'server'),
    env: { ...NO_LIMITS, DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.url, LOG_LEVEL: 'info', ...options.env },
    ...(options.nodeArgs ? { nodeArgs: options.nodeArgs } : {}),
  })
  defer(server.stop)
  return server
}

/** Memory that a process holds at this moment, in MB (VmRSS). */
export const residentMb = (pid: number): number => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1_024
