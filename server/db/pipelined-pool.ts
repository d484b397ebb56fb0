import { channel } from 'node:diagnostics_channel'
import type { CompiledQuery } from 'kysely'
import type pg from 'pg'
import { type Answer, Bundle } from './together.ts'

/** Says of each round trip to PostgreSQL which statements it carried; tests count. */
export const trips = channel('rapport:database-trips')

/** Statements by their text, once for a process: PostgreSQL keeps the parsed form under the name, connection by connection. */
const names = new Map<string, string>()
/** Texts come from the program, not from data; should one ever vary, it is parsed each time. */
const MOST_NAMES = 300

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= MOST_NAMES) return known
  const name = `s${names.size}`
  names.set(text, name)
  return name
}

interface Result {
  readonly command: string
  readonly rowCount: number
  readonly rows: readonly unknown[]
}
const nothing = (command: string): Result => ({ command, rowCount: 0, rows: [] })

/** One connection for Kysely, whose client sends statements without waiting for the answers to those before. */
export class PipelinedClient {
  readonly #client: pg.Client
  #owed: Promise<unknown>[] = [] // of statements sent without waiting: what each failed with, or null
  #unsaid: string[] = [] // their texts
  #isReading = false
  #isHeld = false

  constructor(client: pg.Client) {
    this.#client = client
  }

  /** What Kysely asks of a connection. The beginning of a transaction and the end of one that only read are not waited for. */
  async query(text: string, parameters: readonly unknown[]): Promise<Result> {
    const [bundle] = parameters
    if (bundle instanceof Bundle) return { ...nothing('SELECT'), rows: await this.#sendBundle(bundle) }
    if (text === 'begin' || text.startsWith('start transaction')) {
      this.#isReading = text.endsWith('read only')
      this.#owe({ text, values: [] })
      return nothing('BEGIN')
    }
    if (text === 'commit' && this.#isReading) {
      this.#owe({ text, values: [] })
      return nothing('COMMIT')
    }
    const [result] = await this.#settle([{ text, values: [...parameters] }])
    return (Array.isArray(result) ? result.at(-1) : result) ?? nothing('SELECT')
  }

  async #sendBundle({ queries, isOwed }: Bundle): Promise<readonly Answer<unknown>[]> {
    if (!isOwed) return (await this.#settle(queries.map(configOf))).map(({ rows, rowCount }) => ({ rows, count: rowCount ?? 0 }))
    for (const query of queries) this.#owe(configOf(query))
    return []
  }

  /** What follows goes to the socket in one piece, where each statement would be a call of the system that wakes PostgreSQL. */
  #hold(): void {
    if (!this.#isHeld) this.#client.connection.stream.cork()
    this.#isHeld = true
  }

  #letGo(): void {
    if (this.#isHeld) this.#client.connection.stream.uncork()
    this.#isHeld = false
  }

  #owe(config: pg.QueryConfig): void {
    this.#unsaid.push(config.text)
    this.#owed.push(
      this.#client.query(config).then(
        () => null,
        (error: unknown) => error,
      ),
    )
  }

  /** @throws the first error of all that was sent and not yet answered */
  async #settle(configs: readonly pg.QueryConfig[]): Promise<readonly pg.QueryResult[]> {
    if (trips.hasSubscribers) trips.publish([...this.#unsaid, ...configs.map(({ text }) => text)])
    const owed = this.#owed
    this.#owed = []
    this.#unsaid = []
    this.#hold()
    const sent = configs.map((config) => this.#client.query(config))
    this.#letGo()
    const settled = await Promise.allSettled(sent)
    for (const error of await Promise.all(owed)) if (error !== null) throw error
    for (const answer of settled) if (answer.status === 'rejected') throw answer.reason
    return settled.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  }

  /** What is still on its way concerns nobody: a transaction that only read has told everything. */
  forget(): void {
    this.#owed = []
    this.#unsaid = []
  }
}

function configOf({ sql: text, parameters }: CompiledQuery): pg.QueryConfig {
  const name = nameOf(text)
  return { text, values: [...parameters], ...(name === undefined ? {} : { name }) }
}

const clients = new WeakMap<object, PipelinedClient>()

/** The same client for the same connection. */
export function pipelined(client: pg.Client): PipelinedClient {
  const known = clients.get(client)
  if (known) return known
  const added = new PipelinedClient(client)
  clients.set(client, added)
  return added
}
