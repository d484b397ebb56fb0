import type { RapportApp } from '../../support/rapport-app.ts'
import { type BenchFirm, openFirm } from '../firm/open-firm.ts'
import type { BenchContext } from '../harness/bench.ts'
import { startBenchServer } from '../harness/bench-server.ts'
import { openApp, signInAndPull } from './bench-app.ts'

export interface FilledLaptop {
  readonly firm: BenchFirm
  readonly app: RapportApp
  readonly serverUrl: string
  readonly entryCount: number
}

/** The built app, signed in, with every row of a firm here and searchable. As a rule 100,000 entries at full scale. */
export async function openFilledLaptop(context: BenchContext, fullCount = 100_000): Promise<FilledLaptop> {
  const entryCount = Math.round(fullCount * context.scale)
  const firm = await openFirm(context, entryCount)
  const { url: serverUrl } = await startBenchServer(context, firm)
  const app = await openApp(context, serverUrl)
  await signInAndPull(app)
  return { firm, app, serverUrl, entryCount }
}
