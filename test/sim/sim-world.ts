import { SimClient } from './client/sim-client.ts'
import type { StoredDatabases } from './client/stored-databases.ts'
import type { Plan } from './plan.ts'
import type { SimServer } from './server/sim-server.ts'
import { setSmallLimits } from './small-limits.ts'
import { disks } from './world/disk.ts'
import { world } from './world/globals.ts'
import { Network } from './world/network.ts'
import { Random } from './world/random.ts'
import { Scheduler } from './world/scheduler.ts'

/** A command as the server has committed it. */
export interface Logged {
  readonly deviceId: string
  readonly n: number
  readonly status: 'applied' | 'refused'
}

/** One seed's world: a server, its clients and the lines between them, with what the checks need to know of its past. */
export class SimWorld {
  readonly plan: Plan
  readonly server: SimServer
  readonly network: Network
  readonly clients: SimClient[] = []
  readonly random: Random
  readonly counts = new Map<string, number>()
  readonly violations: string[] = []
  /** What the server has committed, by command id, as of its last push. */
  committed = new Map<string, Logged>()
  restoreCount = 0
  isMended = false
  /** Clients whose disk has lied about a sync: what they wrote last may be gone. */
  readonly liedTo = new Set<number>()
  readonly databasesLost = new Set<number>()
  /** Commands that the server left with their device until others' work came back. */
  readonly leftBehind = new Set<string>()
  /** Copies of databases, to roll back to. */
  readonly olderDatabases = new Map<number, StoredDatabases>()

  private constructor(plan: Plan, server: SimServer, random: Random) {
    this.plan = plan
    this.server = server
    this.random = random
    this.network = new Network(server, random.fork('network'), { count: (kind) => this.count(kind), afterPush: (left) => this.#afterPush(left) })
  }

  static async begin(plan: Plan, server: SimServer, keepLog: boolean): Promise<SimWorld> {
    const random = new Random(`world ${plan.seed}`)
    world.scheduler = new Scheduler(keepLog)
    world.random = random.fork('chance')
    disks.clear()
    setSmallLimits(plan.hasSmallLimits === true)
    await server.reset()
    const sim = new SimWorld(plan, server, random)
    for (const [i, person] of plan.clients.entries()) {
      const device = await server.registerDevice(person, i + 1)
      const hooks = {
        count: (kind: string) => sim.count(kind),
        problem: (text: string) => sim.violate('problem', text),
        changed: (client: SimClient) => sim.checkSynced(client),
        doesDatabaseRefuse: plan.doesDatabaseRefuse === true,
      }
      sim.clients.push(new SimClient(i + 1, person, device, sim.network, random.fork(`client ${i + 1}`), hooks))
    }
    return sim
  }

  /** Everything of this world stops for good. */
  end(): void {
    for (const client of this.clients) client.crash(false)
    this.server.process.isAlive = false
  }

  count(kind: string): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1)
    world.scheduler.note(`count ${kind}\n`)
  }

  /** @param rule of docs/simulation.md */
  violate(rule: string, text: string): void {
    if (this.violations.length < 20) this.violations.push(`${rule}: ${text}`)
  }

  client(n: number): SimClient {
    const client = this.clients[n]
    if (!client) throw new Error(`no client ${n}`)
    return client
  }

  async noteCommitted(): Promise<void> {
    const sql = 'SELECT command_id AS id, device_id AS "deviceId", n, status FROM command_log'
    const { database } = this.server
    const rows = await database.alone(() => database.query<Logged & { id: string }>(sql))
    const next = new Map(rows.map(({ id, deviceId, n, status }) => [id, { deviceId, n, status }]))
    for (const [id, known] of this.committed) {
      const now = next.get(id)
      if (!now || now.status !== known.status || now.n !== known.n)
        this.violate('I1', `the server changed its mind about ${id}: ${JSON.stringify(known)} → ${JSON.stringify(now ?? null)}`)
    }
    this.committed = next
  }

  #afterPush(left: string | undefined): Promise<void> {
    if (left !== undefined) this.leftBehind.add(left)
    return this.noteCommitted()
  }

  /** The server was put back to its backup: what it forgot it may have forgotten. */
  async noteRestored(): Promise<void> {
    this.restoreCount++
    this.committed = new Map()
    await this.noteCommitted()
  }

  /** I11: where nothing is said to be unsent, the server has it all, or its person was told of the refusal. */
  checkSynced(client: SimClient): void {
    const { main } = client
    if (!main || this.liedTo.has(client.n) || this.restoreCount > 0 || main.sync.status().unsentCount > 0) return
    for (const { id } of client.saved) {
      if (this.committed.has(id) || client.discarded.has(id)) continue
      const isRefusedHere = main.journal.listOpen().some((item) => item.id === id && item.status === 'refused')
      if (!isRefusedHere) this.violate('I11', `client ${client.n} says that all is sent, and ${id} is not`)
    }
  }
}
