import { sql } from 'kysely'
import type { RowChange } from '../../shared/commands/define-command.ts'
import type { RowOf } from '../../shared/domain/tables.ts'
import { NO_HASH } from '../../shared/sync/signing.ts'
import { chainDrafts, draftEntry, type EntryDraft, entriesWritten } from '../audit/entry-draft.ts'
import { digestOf, type LeftOut } from '../audit/proof/row-digest.ts'
import type { Statement } from '../db/together.ts'
import { breathe } from './breathe.ts'
import type { ChainedCommand } from './check-signatures.ts'
import { type Concerned, concernedBy } from './concerned.ts'
import type { Batch } from './execute-batch.ts'
import { type Head, headMoves } from './head.ts'
import { changesText } from './row-text.ts'
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

function entryOf(run: Run, batch: Batch, deviceHash: string | null): EntryDraft {
  const { envelope, argsHash, argsJson, areArgsStorable } = run.command
  return draftEntry({
    command_id: envelope.id,
    device_id: batch.deviceId,
    actor_id: batch.actor?.id ?? null,
    name: envelope.name,
    version: envelope.version,
    args: areArgsStorable ? argsJson : 'null',
    changes: changesText(run.changes.filter((c) => !isLeftOut(c))),
    made_at_ms: envelope.madeAtMs,
    received_at_ms: batch.receivedAtMs(envelope),
    outcome: run.error ? 'refused' : 'applied',
    error: run.error,
    device_n: envelope.n,
    args_hash: argsHash,
    signature: envelope.signature,
    device_hash: deviceHash,
    left_out: leftOutOf(run),
  })
}

/** Answers and trail of a batch but for the numbers that the head gives. */
export interface RecordDraft {
  readonly log: string // JSON
  readonly entries: readonly EntryDraft[]
  readonly device: { readonly last_n: number; readonly chain_hash: string }
  readonly concerned: Concerned
}

/** @param chain of the same commands, in the same order */
export async function draftRecords(batch: Batch, runs: readonly Run[], chain: readonly ChainedCommand[]): Promise<RecordDraft> {
  const entries: EntryDraft[] = []
  for (const [i, run] of runs.entries()) {
    entries.push(entryOf(run, batch, chain[i]?.deviceHash ?? null))
    await breathe(entries.length)
  }
  const log = runs.map(({ command, error }) => ({ n: command.envelope.n, id: command.envelope.id, body: command.bodyHash, status: error ? 'refused' : 'applied', error }))
  return {
    log: JSON.stringify(log),
    entries,
    device: { last_n: log.at(-1)?.n ?? 0, chain_hash: chain.at(-1)?.deviceHash ?? NO_HASH },
    concerned: concernedBy(
      runs.flatMap((run) => run.changes),
      new Set(runs.flatMap((run) => [...run.kept])),
    ),
  }
}

/** What stores answers (P1, P4) and trail (H2), and moves device and head to the end of the batch. */
export function recordStatements(deviceId: string, head: Head, seq: number, { log, entries, device, concerned }: RecordDraft): readonly Statement<unknown>[] {
  const chained = chainDrafts({ n: head.auditN, hash: head.auditHash }, entries, seq)
  const last = chained.at(-1)
  return [
    sql`INSERT INTO command_log (device_id, n, command_id, body_hash, status, error, seq)
      SELECT ${deviceId}::uuid, n, id, body, status, error, ${seq}::bigint
      FROM jsonb_to_recordset(${log}::jsonb) AS l(n bigint, id uuid, body text, status text, error jsonb)`,
    entriesWritten(chained, seq),
    sql`UPDATE device SET last_n = ${device.last_n}, chain_hash = ${device.chain_hash} WHERE id = ${deviceId}`,
    ...headMoves(head, { seq, auditN: last?.n ?? head.auditN, auditHash: last?.hash ?? head.auditHash }, concerned),
  ]
}
