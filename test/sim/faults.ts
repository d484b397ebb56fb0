import { act } from './acts.ts'
import type { SimClient } from './client/sim-client.ts'
import { copyDatabases } from './client/stored-databases.ts'
import { exchangeFaults, type FaultKind, type Step, WEIGHTED_FROM } from './plan.ts'
import { faultError } from './server/sim-server.ts'
import type { SimWorld } from './sim-world.ts'
import { world } from './world/globals.ts'
import type { Random } from './world/random.ts'
import type { Process } from './world/scheduler.ts'

const never = () => new Promise<never>(() => undefined)

interface Armed {
  readonly kind: FaultKind
  countdown: number // statements to let pass
  readonly random: Random
}

/** Lets the server's statements take their time, and go wrong where a fault waits for one. */
export class StatementFaults {
  readonly #sim: SimWorld
  readonly #random: Random
  #waiting: Armed[] = []
  #isWriting = false // the transaction has taken the head

  constructor(sim: SimWorld) {
    this.#sim = sim
    this.#random = sim.random.fork('statements')
    sim.server.database.gate = { before: (sql) => this.#before(sql), after: (sql) => this.#after(sql) }
  }

  arm(kind: FaultKind, random: Random): void {
    this.#waiting.push({ kind, countdown: random.int(1, 25), random })
  }

  disarm(): void {
    this.#waiting = []
  }

  async #before(sql: string): Promise<void> {
    if (sql.startsWith('BEGIN')) this.#isWriting = false
    if (sql.startsWith('update "head"')) this.#isWriting = true
    if (this.#random.chance(0.1)) await world.scheduler.sleep(this.#random.int(1, 30), 'statement')
    const isCommit = sql === 'COMMIT' && this.#isWriting
    const due = this.#waiting.find((fault) => (fault.kind === 'crashBeforeCommit' ? isCommit : fault.kind !== 'crashAfterCommit' && sql !== 'ROLLBACK' && --fault.countdown <= 0))
    if (due) await this.#happen(due)
  }

  async #after(sql: string): Promise<void> {
    const due = sql === 'COMMIT' && this.#isWriting ? this.#waiting.find((fault) => fault.kind === 'crashAfterCommit') : undefined
    if (due) await this.#happen(due)
  }

  async #happen(fault: Armed): Promise<void> {
    this.#waiting = this.#waiting.filter((other) => other !== fault)
    this.#sim.count(fault.kind)
    switch (fault.kind) {
      case 'serialization':
      case 'deadlock':
      case 'connection':
        throw faultError(fault.kind)
      case 'longTransaction':
        return world.scheduler.sleep(fault.random.int(5_000, 40_000), 'long transaction')
      default:
        await crashServer(this.#sim, fault.random)
        return never()
    }
  }
}

/** Clients hear of it by a reset, or by nothing at all. */
async function crashServer(sim: SimWorld, random: Random): Promise<void> {
  await sim.server.crash()
  await world.scheduler.outside(sim.noteCommitted())
  if (random.chance(0.7)) sim.network.cutAll()
}

/** Makes the fault of one step happen, now or within the seconds after. */
export function injectFault(sim: SimWorld, statements: StatementFaults, step: Step, random: Random): void {
  const client = sim.client(step.client)
  const kind = step.kind as FaultKind
  const exchange = exchangeFaults[kind]
  if (exchange) {
    const isTotal = kind === 'partitionUp' || kind === 'partitionDown'
    const untilMs = world.scheduler.nowMs + random.int(1_000, 25_000)
    sim.network.windows.push({ kind: exchange, client: client.n, untilMs, probability: isTotal ? 1 : 0.2 + 0.8 * random.next(), random })
    if (isTotal) sim.count(kind)
    return
  }
  clientFaults[kind]?.(sim, client, random)
  serverFaults[kind]?.(sim, statements, random)
}

type ClientFault = (sim: SimWorld, client: SimClient, random: Random) => void
type ServerFault = (sim: SimWorld, statements: StatementFaults, random: Random) => void

const later = (delayMs: number, label: string, run: () => void): void => void world.scheduler.at(delayMs, label, run, world.scheduler.harness)
/** As `later`, but a fault: not any more once all is mended. */
const laterUnlessMended = (sim: SimWorld, delayMs: number, label: string, run: () => void): void => later(delayMs, label, () => (sim.isMended ? undefined : run()))

/** Somebody works without a line: what they save is on this laptop only. */
function workOffline(sim: SimWorld, client: SimClient, random: Random): void {
  sim.network.cutAll(client.n)
  sim.network.windows.unshift({ kind: 'dropRequest', client: client.n, untilMs: world.scheduler.nowMs + 8_000, probability: 1, random })
  for (const delayMs of [100, 700, 1_500]) laterUnlessMended(sim, delayMs, 'act offline', () => act(client, random))
}

function restart(client: SimClient, random: Random): void {
  later(random.int(300, 8_000), 'restart', () => {
    if (!client.main) void client.start()
  })
}

/** Ends the laptop's processes at one of its next steps of a kind. */
function crashAt(client: SimClient, process: Process | undefined, isHit: (label: string) => boolean, random: Random, crash: () => void): void {
  if (!process) return
  let countdown = random.int(1, 30)
  process.onStep = (label) => {
    if (!isHit(label) || --countdown > 0) return
    process.onStep = () => undefined
    crash()
  }
  client.onRecover.push(() => {
    process.onStep = () => undefined
  })
}

const crash = (sim: SimWorld, client: SimClient, random: Random, kind: string, isPowerCut: boolean): void => {
  sim.count(kind)
  client.crash(isPowerCut)
  restart(client, random)
}

const clientFaults: Readonly<Partial<Record<FaultKind, ClientFault>>> = {
  cut: (sim, client) => {
    sim.count('cut')
    sim.network.cutAll(client.n)
  },
  crashAtDisk: (sim, client, random) => {
    let countdown = random.int(1, 24)
    const isPowerCut = random.chance(0.6)
    client.disk.onOperation = () => {
      if (!client.main || --countdown > 0) return
      client.disk.onOperation = () => undefined
      crash(sim, client, random, 'crashAtDisk', isPowerCut)
    }
  },
  crashAtDatabase: (sim, client, random) =>
    crashAt(
      client,
      client.window?.process,
      (label) => label === 'immediate',
      random,
      () => {
        sim.count('crashAtDatabase')
        if (random.chance(0.5)) return crash(sim, client, random, 'crashAtDatabase of both', random.chance(0.5))
        client.crashWindow()
        later(random.int(100, 3_000), 'open window again', () => client.reopenWindow())
      },
    ),
  powerCut: (sim, client, random) => (client.main ? crash(sim, client, random, 'powerCut', true) : undefined),
  crashWindow: (sim, client, random) => {
    if (!client.window) return
    sim.count('crashWindow')
    client.crashWindow()
    later(random.int(100, 3_000), 'open window again', () => client.reopenWindow())
  },
  fsyncLie: (sim, client, random) => lieUntilPowerCut(sim, client, random, 'fsyncLie', random.int(500, 10_000)),
  onlyDatabaseLeft: (sim, client, random) => {
    if (lieUntilPowerCut(sim, client, random, 'onlyDatabaseLeft', random.int(1_600, 5_000))) workOffline(sim, client, random)
  },
  onlyJournalLeft: (sim, client, random) => {
    if (!client.main || sim.liedTo.has(client.n)) return
    workOffline(sim, client, random)
    laterUnlessMended(sim, random.int(1_600, 5_000), 'power cut that takes the database', () => loseDatabases(sim, client, random, 'onlyJournalLeft'))
  },
  databaseWiped: (sim, client, random) => loseDatabases(sim, client, random, 'databaseWiped'),
  databaseRolledBack: (sim, client, random) => {
    sim.olderDatabases.set(client.n, copyDatabases(client.databases))
    laterUnlessMended(sim, random.int(1_000, 20_000), 'roll back', () => loseDatabases(sim, client, random, 'databaseRolledBack'))
  },
  diskFull: (sim, client, random) => {
    sim.count('diskFull')
    client.disk.isFull = true
    later(random.int(500, 10_000), 'space again', () => {
      client.disk.isFull = false
    })
  },
  lock: (sim, client, random) => {
    if (!client.isOpen) return
    sim.count('lock')
    client.lock()
    restart(client, random)
  },
  clockJump: (sim, client, random) => {
    sim.count('clockJump')
    client.clock.offsetMs += random.pick([-1, 1]) * random.pick([5_000, 3_600_000, 86_400_000 * 20, 86_400_000 * 3_650])
  },
  clockDrift: (sim, client, random) => {
    sim.count('clockDrift')
    client.clock.setDrift(random.pick([0.9, 0.99, 1.01, 1.1]), world.scheduler.nowMs)
  },
  tokenExpiry: (sim, client) => {
    sim.count('tokenExpiry')
    world.scheduler.at(0, 'sessions expire', () => void sim.server.expireTokens(client.deviceId), sim.server.process)
  },
  outdated: (sim, client, random) => {
    sim.count('outdated')
    sim.network.outdated.add(client.n)
    laterUnlessMended(sim, random.int(2_000, 20_000), 'updated', () => {
      sim.network.outdated.delete(client.n)
      if (client.main) crash(sim, client, random, 'restart with the new version', false)
    })
  },
}

/** @returns whether it does: one copy has to be honest */
function lieUntilPowerCut(sim: SimWorld, client: SimClient, random: Random, kind: 'fsyncLie' | 'onlyDatabaseLeft', forMs: number): boolean {
  if (sim.databasesLost.has(client.n) || !client.main) return false
  sim.liedTo.add(client.n)
  client.disk.doesSyncLie = true
  sim.count(kind)
  laterUnlessMended(sim, forMs, 'power cut after a lie', () => {
    client.disk.doesSyncLie = false
    if (client.main) crash(sim, client, random, 'powerCut', true)
  })
  return true
}

function loseDatabases(sim: SimWorld, client: SimClient, random: Random, kind: 'databaseWiped' | 'databaseRolledBack' | 'onlyJournalLeft'): void {
  if (sim.liedTo.has(client.n)) return
  sim.databasesLost.add(client.n)
  sim.count(kind)
  client.crash(kind === 'onlyJournalLeft')
  client.setDatabases(kind !== 'databaseRolledBack' ? null : (sim.olderDatabases.get(client.n) ?? null))
  restart(client, random)
}

const arm =
  (kind: FaultKind): ServerFault =>
  (_sim, statements, random) =>
    statements.arm(kind, random)

const serverFaults: Readonly<Partial<Record<FaultKind, ServerFault>>> = {
  crashServer: arm('crashServer'),
  crashBeforeCommit: arm('crashBeforeCommit'),
  crashAfterCommit: arm('crashAfterCommit'),
  serialization: arm('serialization'),
  deadlock: arm('deadlock'),
  connection: arm('connection'),
  longTransaction: arm('longTransaction'),
  serverAway: (sim, _statements, random) => {
    sim.count('serverAway')
    sim.network.isServerDown = true
    sim.network.cutAll()
    later(random.int(1_000, 20_000), 'server back', () => {
      sim.network.isServerDown = false
    })
  },
  restore: (sim, _statements, random) => {
    world.scheduler.at(0, 'back up', () => void sim.server.backUp(), sim.server.process)
    laterUnlessMended(sim, random.int(1_000, 25_000), 'restore', () => {
      const restoring = async () => {
        sim.count('restore')
        await sim.server.restoreBackup(sim.plan.seed >= WEIGHTED_FROM && random.chance(0.5))
        await world.scheduler.outside(sim.noteRestored())
        sim.network.cutAll()
      }
      if (sim.server.hasBackup) void restoring()
    })
  },
  rightsChange: (sim, _statements, random) => {
    sim.count('rightsChange')
    world.scheduler.at(0, 'rights change', () => void sim.server.changeRights(random), sim.server.process)
  },
  leadChange: (sim, _statements, random) => {
    sim.count('leadChange')
    world.scheduler.at(0, 'lead change', () => void sim.server.changeLead(random).catch(() => undefined), sim.server.process)
  },
  newColleague: (sim, _statements, random) => {
    sim.count('newColleague')
    world.scheduler.at(0, 'new colleague', () => void sim.server.addDora(random).catch(() => undefined), sim.server.process) // a fault of the database may meet it
  },
  nextDay: (sim, _statements, random) => {
    sim.count('nextDay')
    world.scheduler.at(0, 'rights change with the day', () => void sim.server.changeRightsAtMidnight(random).catch(() => undefined), sim.server.process)
    laterUnlessMended(sim, random.int(500, 15_000), 'midnight', () => sim.server.passMidnight(random.chance(0.5)))
  },
}
