import { randomBytes, randomUUID } from 'node:crypto'
import { signerOf } from '../../server/audit/ed25519.ts'
import type { Actor } from '../../server/auth/access.ts'
import { type ClonedDatabase, cloneDatabase } from '../../server/db/clone-database.ts'
import { selectRowsById } from '../../server/db/record-sql.ts'
import { withActor } from '../../server/db/with-actor.ts'
import { createFeedReader } from '../../server/feeds/read-apart.ts'
import { findDeviceChain } from '../../server/sync/check-signatures.ts'
import { type ExecutorDeps, executeBatch } from '../../server/sync/execute-batch.ts'
import { moveHead, takeHead } from '../../server/sync/head.ts'
import { pullChanges } from '../../server/sync/pull.ts'
import { readSnapshot } from '../../server/sync/snapshot.ts'
import { writeChanges } from '../../server/sync/write-changes.ts'
import type { RowChange } from '../../shared/commands/define-command.ts'
import type { RowOf, TableName } from '../../shared/domain/tables.ts'
import type { AppError } from '../../shared/errors/error-codes.ts'
import { must } from '../../shared/lib/must.ts'
import { ok, type Result } from '../../shared/lib/result.ts'
import type { PackedPage } from '../../shared/sync/packed-page.ts'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import type { PullRequest, PullResponse, WireRow } from '../../shared/sync/pull.ts'
import type { CommandEnvelope, CommandOutcome, PushResponse, SignedCommand } from '../../shared/sync/push.ts'
import { type Signer, signCommands } from '../../shared/sync/signing.ts'
import type { SeedRow } from './firm-rows.ts'
import { unpackPage } from './packed-pages.ts'

export interface TestCall {
  readonly name: string
  readonly args: unknown
}

/** A person's device as the server knows it. */
export interface TestDevice {
  readonly id: string
  readonly actor: Actor
  readonly signer: Signer
  n: number // number of its last command
}

/** A device's key, another one at each call. */
export const newSigner = (): Signer => signerOf(randomBytes(32))

/** The server's sync on a database of its own, without HTTP around it. */
export class PgHost {
  readonly database: ClonedDatabase
  readonly deps: ExecutorDeps
  readonly bugs: unknown[] = []

  private constructor(database: ClonedDatabase) {
    this.database = database
    this.deps = { db: database.appDb, reader: createFeedReader(), firmIbans: [], onBug: (error) => this.bugs.push(error) }
  }

  static async open(rows: readonly SeedRow[]): Promise<PgHost> {
    const host = new PgHost(await cloneDatabase())
    await host.seed(rows)
    return host
  }

  /** On a database that the caller opened and will close. */
  static over(db: ClonedDatabase['db']): PgHost {
    return new PgHost({ url: '', db, appUrl: '', appDb: db, drop: async () => undefined })
  }

  /** For looking and seeding past every policy; the server itself works with `deps.db`. */
  get db(): ClonedDatabase['db'] {
    return this.database.db
  }

  /** Writes rows past commands and policy, as an import of old data would. */
  seed(rows: readonly SeedRow[]): Promise<void> {
    return withActor(this.db, null, async (tx) => {
      const head = await takeHead(tx)
      const changes = rows.map(({ table, row }): RowChange => ({ table, before: null, after: row }))
      await moveHead(tx, head, { ...head, seq: await writeChanges(tx, changes, head.seq) })
    })
  }

  async device(actorId: string): Promise<TestDevice> {
    const { role } = await this.db.selectFrom('colleagues').select('role').where('id', '=', actorId).executeTakeFirstOrThrow()
    const id = randomUUID()
    const signer = newSigner()
    await this.db.insertInto('device').values({ id, colleague_id: actorId, name: 'Laptop', public_key: signer.publicKey, created_at_ms: 0, revoked_at_ms: null }).execute()
    return { id, actor: { id: actorId, role }, signer, n: 0 }
  }

  /** Sends envelopes as they are; those without a signature get one that rests on what the server has of the device. */
  async pushRaw(
    device: TestDevice,
    commands: readonly (CommandEnvelope | SignedCommand)[],
    nowMs = Date.now(),
    mayWait: readonly string[] = [],
  ): Promise<Result<PushResponse, AppError>> {
    const envelopes = await this.sign(device.id, device.signer, commands)
    return executeBatch(this.deps, { deviceId: device.id, actor: device.actor, envelopes, receivedAtMs: () => nowMs, mayWait: new Set(mayWait) })
  }

  async sign(deviceId: string, signer: Signer, commands: readonly (CommandEnvelope | SignedCommand)[]): Promise<readonly SignedCommand[]> {
    const { lastN, lastHash } = await findDeviceChain(this.db, deviceId)
    const signed = signCommands(signer, deviceId, { n: lastN, hash: lastHash }, commands)
    return commands.map((command, i) => ('signature' in command ? command : must(signed[i], 'signed command')))
  }

  envelope(device: TestDevice, call: TestCall, nowMs = Date.now()): CommandEnvelope {
    device.n += 1
    return { id: randomUUID(), n: device.n, version: 1, madeAtMs: nowMs, ...call }
  }

  async push(device: TestDevice, calls: readonly TestCall[], nowMs = Date.now()): Promise<readonly CommandOutcome[]> {
    const envelopes = calls.map((call) => this.envelope(device, call, nowMs))
    const pushed = await this.pushRaw(device, envelopes, nowMs)
    if (!pushed.ok) throw new Error(JSON.stringify(pushed.error))
    return pushed.value.outcomes
  }

  /** One call by a new device of this person: null where applied, else the refusal's code. */
  async run(actorId: string, call: TestCall, nowMs = Date.now()): Promise<string | null> {
    const [outcome] = await this.push(await this.device(actorId), [call], nowMs)
    return must(outcome, 'outcome').error?.code ?? null
  }

  pull(device: TestDevice, request: Partial<PullRequest> = {}, nowMs = Date.now()): Promise<PullResponse> {
    return pullChanges(this.deps.db, { actor: device.actor, deviceId: device.id }, { protocol: PROTOCOL_VERSION, cursor: null, scopeHash: null, sinceN: 0, ...request }, nowMs)
  }

  /** A page of a snapshot, as it travels. */
  async page(device: TestDevice, householdIds: readonly string[], after: string | null = null): Promise<PackedPage> {
    const page = await this.#readPage(device, householdIds, after)
    if (!page.ok) throw new Error(page.error.code)
    return page.value
  }

  /** A page of a snapshot, unpacked. */
  async snapshot(
    device: TestDevice,
    householdIds: readonly string[],
    after: string | null = null,
  ): Promise<Result<{ readonly rows: readonly WireRow[]; readonly next: string | null }, AppError>> {
    const page = await this.#readPage(device, householdIds, after)
    return page.ok ? ok({ rows: unpackPage(page.value), next: page.value.header.next }) : page
  }

  #readPage(device: TestDevice, householdIds: readonly string[], after: string | null): Promise<Result<PackedPage, AppError>> {
    return readSnapshot(this.deps.db, device.actor, { protocol: PROTOCOL_VERSION, householdIds: [...householdIds], after }, Date.now())
  }

  async find<T extends TableName>(table: T, id: string): Promise<RowOf<T> | undefined> {
    return (await selectRowsById(this.db, table, [id]))[0]?.row
  }

  close(): Promise<void> {
    return this.database.drop()
  }
}
