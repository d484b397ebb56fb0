import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { Kysely, sql } from 'kysely'
import { signerOf } from '../../../server/audit/ed25519.ts'
import { FIRM_ZONE } from '../../../server/auth/access.ts'
import { forgetPeople } from '../../../server/auth/people.ts'
import { tokenHash } from '../../../server/auth/session-tokens.ts'
import { type Config, readConfig } from '../../../server/config.ts'
import { migrate } from '../../../server/db/migrate.ts'
import { beginEpoch } from '../../../server/db/note-restore.ts'
import type { Db } from '../../../server/db/open-database.ts'
import type { Database } from '../../../server/db/schema.ts'
import { withActor } from '../../../server/db/with-actor.ts'
import { buildApp } from '../../../server/http/build-app.ts'
import type { ServerDeps } from '../../../server/http/server-deps.ts'
import { addColleagues } from '../../../server/people/add-colleagues.ts'
import { parseHeadMessage } from '../../../server/sync/concerned.ts'
import { type ExecutorDeps, executeBatch } from '../../../server/sync/execute-batch.ts'
import { HEAD_CHANNEL, moveHead, takeHead } from '../../../server/sync/head.ts'
import type { HeadHearer } from '../../../server/sync/head-listener.ts'
import { writeChanges } from '../../../server/sync/write-changes.ts'
import type { RowChange } from '../../../shared/commands/define-command.ts'
import { addDays, localDateOf } from '../../../shared/lib/local-date.ts'
import { signCommands } from '../../../shared/sync/signing.ts'
import { idOf } from '../../support/test-id.ts'
import { world } from '../world/globals.ts'
import type { Random } from '../world/random.ts'
import { MachineClock, Process } from '../world/scheduler.ts'
import { databaseError, openGate, type PgliteDatabase } from './pglite-dialect.ts'
import { TableCopies } from './reset-database.ts'
import { colleague, firmRows, firstPeople, householdIds, type PersonName, people } from './sim-firm.ts'

const DAY_MS = 86_400_000
const TEMPLATE = 'sim_template'
const BACKUP = 'sim_backup'
/** The secret bytes of a device's key. */
export const deviceSeed = (deviceN: number): Uint8Array => new Uint8Array(32).fill(deviceN)
const office = signerOf(deviceSeed(99))
/** Everybody's; stored as it is (see world/argon2.ts). */
export const PASSPHRASE = 'correct horse battery staple'
/** A device that belongs to nobody, for changes that come from elsewhere. */
const OFFICE = idOf('device', 99)

/** The head as event streams hear of it. */
class Heads {
  last = 0
  readonly #listeners = new Set<HeadHearer>()

  subscribe(listener: HeadHearer): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(message: string): void {
    const { seq, concerned } = parseHeadMessage(message)
    this.last = seq
    for (const listener of this.#listeners) listener(seq, concerned)
  }

  forget(): void {
    this.#listeners.clear()
  }
}

const quiet = () => undefined
const bugs: string[] = []
const logger = {
  level: 'info',
  silent: quiet,
  info: quiet,
  debug: quiet,
  trace: quiet,
  warn: quiet,
  fatal: quiet,
  error: (fields: { event?: string; stack?: string; errorCode?: string | null }) => void bugs.push(`${fields.event} ${fields.errorCode ?? ''} ${fields.stack ?? ''}`),
  child: () => logger,
} as unknown as FastifyBaseLogger

const config: Config = { ...readConfig({}), signInsPerAccount: 1_000_000, signInsPerIp: 1_000_000, requestsPerSecond: 1_000_000 }

/** The real server without a socket: Fastify with its routes over the migrated database, crashing and restoring on demand. */
export class SimServer {
  readonly db: Db
  readonly database: PgliteDatabase
  readonly app: FastifyInstance
  readonly heads: Heads
  readonly #copies: TableCopies
  readonly #executor: ExecutorDeps
  process = new Process('server', new MachineClock())
  hasBackup = false
  /** What the server logged as a bug of its own. */
  readonly bugs = bugs

  private constructor(db: Db, database: PgliteDatabase, app: FastifyInstance, heads: Heads, copies: TableCopies, executor: ExecutorDeps) {
    this.db = db
    this.database = database
    this.app = app
    this.heads = heads
    this.#copies = copies
    this.#executor = executor
  }

  /** Once a process; `reset` makes it the server of another seed. @param database opened in real time, before the globals are replaced */
  static async open(database: PgliteDatabase): Promise<SimServer> {
    const db = new Kysely<Database>({ dialect: database.dialect() })
    await migrate(db)
    await seedFirm(db)
    for (const name of firstPeople) await db.insertInto('credential').values({ colleague_id: people[name], passphrase_hash: PASSPHRASE }).execute()
    await db.insertInto('device').values({ id: OFFICE, colleague_id: null, name: 'Office', created_at_ms: 0, revoked_at_ms: null, public_key: office.publicKey }).execute()
    await sql`UPDATE head SET epoch = ${idOf('epoch', 1)}`.execute(db) // the migration's is random
    const copies = TableCopies.open(database, [TEMPLATE, BACKUP])
    copies.keep(TEMPLATE)
    const heads = new Heads()
    database.onNotice = (payload) => heads.tell(payload)
    database.query(`LISTEN ${HEAD_CHANNEL}`)
    const reader = { read: async () => ({ ok: false, error: { code: 'server/unavailable' } }) as const }
    const executor: ExecutorDeps = { db, reader, firmIbans: [], onBug: (error: unknown, name: string) => void bugs.push(`${name} ${String(error)}`) }
    const deps = { db, config, heads, executor, nowMs: () => Date.now(), isDraining: () => false } as unknown as Omit<ServerDeps, 'log'>
    const app = await buildApp(deps, logger)
    await app.ready()
    return new SimServer(db, database, app, heads, copies, executor)
  }

  async reset(): Promise<void> {
    this.database.gate = openGate
    this.database.forgetConnections()
    this.#copies.restore(TEMPLATE)
    forgetPeople(this.db)
    this.heads.forget()
    this.heads.last = this.#headSeq()
    bugs.length = 0
    this.hasBackup = false
    this.process = new Process('server', new MachineClock())
  }

  /** A device that is signed in already: its first refresh token. */
  async registerDevice(name: PersonName, deviceN: number): Promise<{ readonly deviceId: string; readonly refreshToken: string }> {
    const deviceId = idOf('device', deviceN)
    const refreshToken = `first-refresh-token-of-device-${deviceN}`
    const nowMs = Date.now()
    await this.db
      .insertInto('device')
      .values({
        id: deviceId,
        colleague_id: people[name],
        name: `Laptop ${deviceN}`,
        created_at_ms: nowMs,
        revoked_at_ms: null,
        public_key: signerOf(deviceSeed(deviceN)).publicKey,
      })
      .execute()
    await this.db
      .insertInto('session')
      .values({
        id: idOf('session', deviceN),
        device_id: deviceId,
        colleague_id: people[name],
        access_hash: tokenHash(`first-access-${deviceN}`),
        access_expires_at_ms: nowMs,
        refresh_hash: tokenHash(refreshToken),
        refresh_expires_at_ms: nowMs + 14 * 86_400_000,
        replaced_at_ms: null,
        ended_at_ms: null,
      })
      .execute()
    return { deviceId, refreshToken }
  }

  /** Ends at this instant: what was not committed is gone, nobody is answered. Another server stands there at once. */
  async crash(): Promise<void> {
    this.process.isAlive = false
    this.heads.forget()
    this.database.forgetConnections()
    this.process = new Process('server', this.process.clock)
  }

  async backUp(): Promise<void> {
    await this.database.alone(() => this.#copies.keep(BACKUP))
    this.hasBackup = true
  }

  /** Comes back as it was at the backup, with a new epoch, as a restored server does. @param isOurBackup one without sessions: everybody signs in anew */
  async restoreBackup(isOurBackup: boolean): Promise<void> {
    await this.crash()
    const { gate } = this.database
    this.database.gate = openGate // time stands still until it is restored: a statement that takes its time would never end
    this.#copies.restore(BACKUP)
    if (isOurBackup) this.database.query('DELETE FROM session')
    await world.scheduler.outside(beginEpoch(this.db, Date.now()))
    this.database.gate = gate
    this.heads.last = this.#headSeq()
  }

  /** The device's access token ends before its time; its refresh token stays good. */
  async expireTokens(deviceId: string): Promise<void> {
    await this.database.alone(() => this.database.query('UPDATE session SET access_expires_at_ms = 0 WHERE device_id = $1', [deviceId]))
  }

  /** Coverage changes past everybody's devices, as another office's work does. */
  async changeRights(random: Random): Promise<void> {
    const householdId = random.pick(householdIds)
    const colleagueId = random.pick([people.anna, people.bela, people.cora])
    const rows = await this.database.alone(() =>
      this.database.query<{ id: string }>('SELECT id FROM coverages WHERE household_id = $1 AND to_on IS NULL ORDER BY id', [householdId]),
    )
    const ended = rows.length > 0 && random.chance(0.5) ? random.pick(rows).id : null
    const grant = { id: idOf('granted', random.int(1, 1_000_000)), householdId, colleagueId, role: 'specialist', fromOn: '2026-01-01', toOn: null }
    const call = ended ? { name: 'coverage/end', args: { id: ended, toOn: '2026-02-27' } } : { name: 'coverage/grant', args: grant }
    await this.#runAsOffice(random, [call])
  }

  /** A household gets another lead: who led it loses it, or goes on beside the new one and no longer reads all that the lead reads. */
  async changeLead(random: Random): Promise<void> {
    const householdId = random.pick(householdIds)
    const sql = 'SELECT id, colleague_id AS "colleagueId" FROM coverages WHERE household_id = $1 AND to_on IS NULL AND role = \'lead\' ORDER BY id'
    const leads = await this.database.alone(() => this.database.query<{ id: string; colleagueId: string }>(sql, [householdId]))
    const grant = (colleagueId: string, role: 'lead' | 'specialist') => ({
      name: 'coverage/grant',
      args: { id: idOf('granted', random.int(1, 1_000_000)), householdId, colleagueId, role, fromOn: role === 'lead' ? '2026-03-02' : '2026-01-01', toOn: null },
    })
    const ends = leads.map(({ id }) => ({ name: 'coverage/end', args: { id, toOn: '2026-03-01' } }))
    const stay = random.chance(0.6) ? leads.map(({ colleagueId }) => grant(colleagueId, 'specialist')) : []
    const next = random.chance(0.7) ? [grant(random.pick([people.anna, people.bela, people.cora, people.supervisor]), 'lead')] : []
    await this.#runAsOffice(random, [...ends, ...stay, ...next])
  }

  /** One household's coverage ends with this day, another's begins with the next. */
  async changeRightsAtMidnight(random: Random): Promise<void> {
    const todayOn = localDateOf(Date.now(), FIRM_ZONE)
    const open = await this.database.alone(() => this.database.query<{ id: string }>('SELECT id FROM coverages WHERE to_on IS NULL ORDER BY id'))
    const grant = { id: idOf('granted', random.int(1, 1_000_000)), householdId: random.pick(householdIds), role: 'specialist', fromOn: addDays(todayOn, 1), toOn: null }
    await this.#runAsOffice(random, [
      { name: 'coverage/end', args: { id: random.pick(open).id, toOn: todayOn } },
      { name: 'coverage/grant', args: { ...grant, colleagueId: random.pick([people.anna, people.bela, people.cora]) } },
    ])
  }

  /** A second past midnight on the server's calendar. @param isTold as server/start-server.ts has everybody look again; else they do at their next pull */
  passMidnight(isTold: boolean): void {
    const nowMs = world.scheduler.wallMs(this.process)
    const viennaMs = nowMs + 3_600_000
    this.process.clock.offsetMs += Math.ceil(viennaMs / DAY_MS) * DAY_MS + 1_000 - viennaMs
    if (isTold) this.heads.tell(String(this.heads.last))
  }

  /** Somebody new joins the first team, whose supervisor then sees a household of the other one through them. */
  async addDora(random: Random): Promise<void> {
    await addColleagues(this.db, [{ colleague: colleague('dora'), passphrase: PASSPHRASE }], [], Date.now())
    const grant = { id: idOf('granted', random.int(1, 1_000_000)), householdId: random.pick(householdIds.slice(4)), colleagueId: people.dora, role: 'specialist' }
    await this.#runAsOffice(random, [{ name: 'coverage/grant', args: { ...grant, fromOn: '2026-01-01', toOn: null } }])
  }

  async #runAsOffice(random: Random, calls: readonly { readonly name: string; readonly args: unknown }[]): Promise<void> {
    const { last_n, chain_hash } = await this.db.selectFrom('device').select(['last_n', 'chain_hash']).where('id', '=', OFFICE).executeTakeFirstOrThrow()
    const envelopes = calls.map((call, i) => ({ id: idOf('office', random.int(1, 1_000_000_000)), n: last_n + 1 + i, version: 1, madeAtMs: Date.now(), ...call }))
    const batch = { deviceId: OFFICE, actor: null, envelopes: signCommands(office, OFFICE, { n: last_n, hash: chain_hash }, envelopes), receivedAtMs: () => Date.now() }
    await executeBatch(this.#executor, batch).catch(() => undefined) // where a fault of the database meets it, it did not happen
  }

  #headSeq(): number {
    return this.database.query<{ seq: number }>('SELECT seq FROM head')[0]?.seq ?? 0
  }
}

/** Serialization failures, deadlocks and lost connections, as PostgreSQL reports them. */
export const DATABASE_FAULTS = { serialization: '40001', deadlock: '40P01', connection: '57P01' } as const
export type DatabaseFault = keyof typeof DATABASE_FAULTS
export const faultError = (kind: DatabaseFault) => databaseError(DATABASE_FAULTS[kind], `simulated ${kind}`)

function seedFirm(db: Db): Promise<void> {
  return withActor(db, null, async (tx) => {
    const head = await takeHead(tx)
    const changes = firmRows().map(({ table, row }): RowChange => ({ table, before: null, after: row }))
    await moveHead(tx, head, { ...head, seq: await writeChanges(tx, changes, head.seq) })
  })
}
