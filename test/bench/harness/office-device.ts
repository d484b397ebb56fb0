import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../../../server/db/open-database.ts'
import { BenchDevice } from './bench-device.ts'
import { listenToHeads } from './event-listener.ts'
import { timeMs } from './measure.ts'

/** What all devices of an office saw. */
export interface OfficeLog {
  readonly pushMs: number[]
  readonly pullMs: number[]
  readonly errors: string[]
}

/** A device with nobody in front of it: keeps a stream open, pulls when it is told to, pushes what it is given. */
export class OfficeDevice {
  readonly #device: BenchDevice
  readonly #log: OfficeLog
  readonly #stream: ReturnType<typeof listenToHeads>
  #cursor: number | null = null
  #scopeHash: string | null = null
  #lastN = 0
  #pulling: Promise<void> | null = null
  #isAskedAgain = false

  private constructor(device: BenchDevice, url: string, log: OfficeLog) {
    this.#device = device
    this.#log = log
    this.#stream = listenToHeads(url, device.accessToken, () => this.#askPull())
  }

  static async open(db: Db, url: string, personId: string, log: OfficeLog): Promise<OfficeDevice> {
    const opened = new OfficeDevice(await BenchDevice.open(db, url, personId), url, log)
    await opened.#stream.opened
    return opened
  }

  /** Sends calls as the app does: so many a request, one request after the other. */
  async pushAll(calls: readonly { readonly name: string; readonly args: unknown }[], batch: number): Promise<void> {
    for (let i = 0; i < calls.length; i += batch) {
      const commands = this.#device.number(calls.slice(i, i + batch))
      await this.#noted(this.#log.pushMs, async () => {
        const { answer } = await this.#device.push(commands)
        for (const { error } of answer.outcomes) if (error) this.#log.errors.push(error.code)
      })
      this.#lastN += commands.length
    }
  }

  pull(): Promise<void> {
    this.#askPull()
    return this.#pulling ?? Promise.resolve()
  }

  close(): void {
    this.#stream.close()
    this.#device.close()
  }

  /** One pull at a time; a sign during one leads to one more. */
  #askPull(): void {
    if (this.#pulling) {
      this.#isAskedAgain = true
      return
    }
    this.#pulling = this.#pullAll().finally(() => {
      this.#pulling = null
    })
  }

  async #pullAll(): Promise<void> {
    let hasMore = true
    do {
      this.#isAskedAgain = false
      hasMore = false
      await this.#noted(this.#log.pullMs, async () => {
        const { answer } = await this.#device.pull({ cursor: this.#cursor, scopeHash: this.#scopeHash, sinceN: this.#lastN })
        this.#cursor = answer.cursor
        this.#scopeHash = answer.scopeHash
        hasMore = answer.hasMore
      })
    } while (hasMore || this.#isAskedAgain)
  }

  async #noted(durations: number[], work: () => Promise<void>): Promise<void> {
    try {
      durations.push(await timeMs(work))
    } catch (error) {
      this.#log.errors.push(error instanceof Error ? error.message.slice(0, 100) : 'unknown')
      await sleep(1_000)
    }
  }
}
