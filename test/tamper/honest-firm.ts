import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { announceEpoch } from '../../server/audit/announce-epoch.ts'
import { isSignedBy } from '../../server/audit/ed25519.ts'
import { exportTrail } from '../../server/audit/export-trail.ts'
import type { ExportRecord, KeptHead } from '../../server/audit/proof/export-format.ts'
import { registerDevice } from '../../server/auth/register-device.ts'
import type { Db, Tx } from '../../server/db/open-database.ts'
import { withActor } from '../../server/db/with-actor.ts'
import { sampleDepsOf } from '../../server/sample/executor-sample.ts'
import { loadSampleFirm } from '../../server/sample/load-sample-firm.ts'
import { must } from '../../shared/lib/must.ts'
import type { Signer } from '../../shared/sync/signing.ts'
import { newSigner, PgHost, type TestDevice } from '../support/pg-host.ts'

/** A small firm with 18 months of honest work, every command signed. The machine that made it keeps heads of it. */
export interface HonestFirm {
  readonly host: PgHost
  readonly serverSigner: Signer
  /** A device with a key of its own, registered as at a sign-in. */
  device(colleagueId: string): Promise<TestDevice>
  records(tx?: Db | Tx): Promise<ExportRecord[]>
  head(atMs?: number): Promise<KeptHead>
  close(): Promise<void>
}

/** @param prepare what else the empty database gets */
export async function makeHonestFirm(scale: number, seed = 1, prepare: (db: Db) => Promise<void> = async () => undefined): Promise<HonestFirm> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-tamper-'))
  const host = await PgHost.open([])
  const serverSigner = newSigner()
  await prepare(host.db)
  await announceEpoch(host.db, serverSigner, 1)
  const deps = sampleDepsOf(host.deps, { dataDir: folder, signer: serverSigner, nowMs: Date.now, onProgress: () => undefined, stopping: new AbortController().signal })
  await loadSampleFirm(deps, { seed, scale, nowMs: Date.now() })
  return {
    host,
    serverSigner,
    device: (colleagueId) => openDevice(host, serverSigner, colleagueId),
    records: (tx = host.db) => collect(exportTrail(tx, 1)),
    head: (atMs = 1) => headOf(host.db, atMs),
    close: async () => {
      await host.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const value of values) all.push(value)
  return all
}

async function openDevice(host: PgHost, serverSigner: Signer, colleagueId: string): Promise<TestDevice> {
  const { role } = await host.db.selectFrom('colleagues').select('role').where('id', '=', colleagueId).executeTakeFirstOrThrow()
  const [id, signer] = [crypto.randomUUID(), newSigner()]
  await withActor(host.db, null, (tx) => registerDevice(tx, serverSigner, { id, name: 'Laptop', publicKey: signer.publicKey, colleagueId }, Date.now()))
  return { id, actor: { id: colleagueId, role }, signer, n: 0 }
}

async function headOf(db: Db, atMs: number): Promise<KeptHead> {
  const head = await db.selectFrom('head').select(['audit_n', 'audit_hash', 'epoch']).executeTakeFirstOrThrow()
  return { epoch: head.epoch, size: head.audit_n, hash: head.audit_hash, atMs }
}

/** Heads as a witness and clients kept them: of every `step`-th entry, and of the last. */
export async function headsEvery(db: Db, step: number): Promise<readonly KeptHead[]> {
  const { epoch } = await db.selectFrom('head').select('epoch').executeTakeFirstOrThrow()
  const entries = await db.selectFrom('audit').select(['n', 'hash']).orderBy('n').execute()
  const last = must(entries.at(-1), 'entry')
  return [...entries.filter((e) => e.n > 2 && e.n % step === 0), last].map((e) => ({ epoch, size: e.n, hash: e.hash, atMs: e.n }))
}

// Most signatures of a firm are the same from one proof to the next.
const known = new Map<string, boolean>()
export const isSignedByOnce: typeof isSignedBy = (key, text, signature) => {
  const name = `${key.export({ format: 'jwk' }).x} ${signature} ${text}`
  const answer = known.get(name) ?? isSignedBy(key, text, signature)
  known.set(name, answer)
  return answer
}
