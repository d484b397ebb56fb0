import type { FaultPoint } from '../../shared/testing/fault-point.ts'
import type { FaultFirm } from './fault-firm.ts'
import type { Ledger } from './ledger.ts'

/** One run under way. A kind works, lets things go wrong, and leaves the laptop in whatever state; the caller lets it come to rest. */
export interface FaultRun {
  readonly firm: FaultFirm
  readonly ledger: Ledger
  readonly random: () => number
  readonly pointCount: number // named instants to try in this run
  readonly points: Map<FaultPoint, number> // tried → how often reached
  readonly rounds: (usual: number) => number // fewer in the short form
  incidents: number
  restarts: number // of an app that saved no more, as its message says
  readonly hangs: string[] // where the app answered nothing although it was there, told of a save that failed after more than 5 s, or saved no more
}

export type FaultKind = (run: FaultRun) => Promise<void>
