import type { ParsedCall } from '../../shared/commands/run-command.ts'
import { localDateOf } from '../../shared/lib/local-date.ts'
import { FIRM_ZONE } from '../auth/access.ts'
import { can } from '../auth/can.ts'
import type { People } from '../auth/people.ts'
import { Standing } from '../auth/standing.ts'
import type { Tx } from '../db/open-database.ts'
import { BatchLoader } from './batch-loader.ts'
import { breathe } from './breathe.ts'
import { effectsOf } from './effects.ts'
import type { Batch, ExecutorDeps } from './execute-batch.ts'
import type { PreparedCommand } from './prepare-batch.ts'
import { type Bench, type Run, runCommand } from './run-commands.ts'

/** The id under which the set-up acts; no colleague has it. */
const SETUP_ACTOR = '00000000-0000-0000-0000-000000000000'

export function benchOf(deps: ExecutorDeps, tx: Tx, batch: Batch, people: People, loader = new BatchLoader(tx, batch.actor?.id ?? null)): Bench {
  const standings = new Map<number, Standing | null>() // one for a push, whose commands are received at one moment
  return {
    loader,
    standingAt: (atMs) => {
      const known = standings.get(atMs)
      if (known !== undefined) return known
      const standing = batch.actor && new Standing(batch.actor, people, loader.rows, localDateOf(atMs, FIRM_ZONE))
      standings.set(atMs, standing)
      return standing
    },
    actorId: batch.actor?.id ?? SETUP_ACTOR,
    receivedAtMs: batch.receivedAtMs,
    effects: effectsOf(tx, loader, deps),
    onBug: deps.onBug,
    can: deps.can ?? can,
  }
}

export const callsOf = (commands: readonly PreparedCommand[]): readonly ParsedCall[] => commands.flatMap(({ call }) => (call.ok ? [call.value] : []))

/** Runs all commands on rows that were loaded together. @param isOver asked behind each command: whether the rest is not wanted */
export async function runAll(bench: Bench, commands: readonly PreparedCommand[], isOver: (run: Run) => boolean = () => false): Promise<readonly Run[]> {
  await bench.loader.load(callsOf(commands))
  const runs: Run[] = []
  for (const command of commands) {
    const run = await runCommand(bench, command)
    runs.push(run)
    if (isOver(run)) break
    await breathe(runs.length)
  }
  return runs
}
