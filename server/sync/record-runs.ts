import { sql } from 'kysely'
import type { RowChange } from '../../shared/commands/define-command.ts'
import type { RowOf } from '../../shared/domain/tables.ts'
import { NO_HASH } from '../../shared/sync/signing.ts'
import { type AuditFacts, chainEntries, writeAudit } from '../audit/audit-chain.ts'
import { digestOf, type LeftOut } from '../audit/proof/row-digest.ts'
import type { Tx } from '../db/open-database.ts'
import type { ChainedCommand } from './check-signatures.ts'
import { concernedBy } from './concerned.ts'
import type { Batch } from './execute-batch.ts'
import { type Head, moveHead } from './head.ts'
import type { Run } from './run-commands.ts'

/**
 * Bank lines that an import brings are left out of the trail: the file they were read from is kept under its hash,
 * and 100,000 of them would make one entry of 100 MB. A digest stands for them, so that none can be edited, added or
 * taken away later (H4); what happens to a line afterwards is in the trail.
 */
const isLeftOut = (change: RowChange): boolean => change.table === 'accountActivities' && change.before === null

function leftOutOf({ changes }: Run): LeftOut | null {
  const rows = changes.filter(isLeftOut).map((c) => c.after as RowOf<'accountActivities'>)
  return rows[0] === undefined ? null : { table: 'accountActivities', fileId: rows[0].fileId, ...digestOf(rows) }
}

function factsOf(run: Run, batch: Batch, deviceHash: string | null, seq: number): AuditFacts {
  const { envelope, argsHash } = run.command
  return {
    command_id: envelope.id,
    device_id: batch.deviceId,
    actor_id: batch.actor?.id ?? null,
    name: envelope.name,
    version: envelope.version,
    args: run.command.areArgsStorable ? (envelope.args ?? null) : null,
    changes: run.changes.filter((c) => !isLeftOut(c)),
    made_at_ms: envelope.madeAtMs,
    received_at_ms: batch.receivedAtMs(envelope),
    outcome: run.error ? 'refused' : 'applied',
    error: run.error,
    device_n: envelope.n,
    args_hash: argsHash,
    signature: envelope.signature,
    device_hash: deviceHash,
    seq,
    left_out: leftOutOf(run),
  }
}

export interface Recorded {
  readonly runs: readonly Run[]
  readonly chain: readonly ChainedCommand[] // of the same commands, in the same order
  readonly seq: number
}

/** Stores answers (P1, P4) and trail (H2), and moves device and head to the end of the batch. */
export async function recordRuns(tx: Tx, batch: Batch, head: Head, { runs, chain, seq }: Recorded): Promise<void> {
  const log = runs.map(({ command, error }) => ({
    device_id: batch.deviceId,
    n: command.envelope.n,
    command_id: command.envelope.id,
    body_hash: command.bodyHash,
    status: error ? 'refused' : 'applied',
    error,
    seq,
  }))
  await sql`INSERT INTO command_log SELECT * FROM jsonb_populate_recordset(null::command_log, ${JSON.stringify(log)}::jsonb)`.execute(tx)
  const entries = chainEntries(
    { n: head.auditN, hash: head.auditHash },
    runs.map((run, i) => factsOf(run, batch, chain[i]?.deviceHash ?? null, seq)),
  )
  await writeAudit(tx, entries)
  const last = entries.at(-1)
  await tx
    .updateTable('device')
    .set({ last_n: log.at(-1)?.n ?? 0, chain_hash: chain.at(-1)?.deviceHash ?? NO_HASH })
    .where('id', '=', batch.deviceId)
    .execute()
  const concerned = concernedBy(runs.flatMap((run) => run.changes))
  await moveHead(tx, head, { seq, auditN: last?.n ?? head.auditN, auditHash: last?.hash ?? head.auditHash }, concerned)
}
