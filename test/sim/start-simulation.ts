import './install.ts'
import { PgliteDatabase } from './server/pglite-dialect.ts'
import { installDisks } from './world/disk.ts'
import { installGlobals } from './world/globals.ts'

/** Real time, for progress only. */
export const realNowMs: () => number = performance.now.bind(performance)

/** Makes this process a simulated world and nothing else; answers what plays seeds in it. */
export async function startSimulation() {
  const { SimServer } = await import('./server/sim-server.ts')
  const { runSeed } = await import('./run-seed.ts')
  const database = await PgliteDatabase.open()
  installGlobals()
  installDisks()
  const server = await SimServer.open(database)
  return (...args: Parameters<typeof runSeed> extends [unknown, ...infer R] ? R : never) => runSeed(server, ...args)
}
