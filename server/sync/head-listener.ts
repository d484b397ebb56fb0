import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { hop } from '../../shared/testing/hop.ts'
import { type Concerned, parseHeadMessage } from './concerned.ts'
import { HEAD_CHANNEL } from './head.ts'

const RETRY_MS = 1_000

export type HeadHearer = (head: number, concerned: Concerned) => void

/** Hears of every commit, whichever server made it, and tells the open event streams. */
export class HeadListener {
  readonly #url: string
  readonly #listeners = new Set<HeadHearer>()
  #client: pg.Client | null = null
  #isClosed = false
  #last = 0

  constructor(url: string) {
    this.#url = url
  }

  /** The newest head heard of. */
  get last(): number {
    return this.#last
  }

  subscribe(listener: HeadHearer): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Tells everyone to look again, though the head did not move: a day began, and coverage with it. */
  repeat(): void {
    for (const listener of this.#listeners) listener(this.#last, 'everyone')
  }

  /** @throws what the connection or its first statements meet; nothing stays open then */
  async open(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, application_name: 'rapport-head' })
    client.on('notification', ({ payload }) => this.#hear(payload ?? ''))
    client.on('error', () => undefined) // 'end' follows
    try {
      await client.connect()
      await client.query(`LISTEN ${HEAD_CHANNEL}`)
      const { rows } = await client.query<{ seq: string }>('SELECT seq FROM head')
      if (this.#isClosed) return await client.end()
      client.once('end', () => void this.#reopen())
      this.#client = client
      this.#hear(String(rows[0]?.seq ?? 0)) // what moved while nobody listened
    } catch (error) {
      await client.end().catch(() => undefined)
      throw error
    }
  }

  async #reopen(): Promise<void> {
    while (!this.#isClosed) {
      await sleep(RETRY_MS)
      try {
        if (!this.#isClosed) await this.open()
        return
      } catch {
        // the database is still away
      }
    }
  }

  #hear(message: string): void {
    const { seq, concerned } = parseHeadMessage(message)
    if (seq === this.#last || !Number.isSafeInteger(seq)) return
    this.#last = seq
    hop('server.head.heard')
    for (const listener of this.#listeners) listener(seq, concerned)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#listeners.clear()
    await this.#client?.end().catch(() => undefined)
  }
}
