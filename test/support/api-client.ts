import { randomBytes } from 'node:crypto'
import { v7 as newId } from 'uuid'
import { signerOf } from '../../server/audit/ed25519.ts'
import type { CommandArgs, CommandName } from '../../shared/commands/registry.ts'
import type { Colleague } from '../../shared/domain/colleague/colleague.ts'
import type { RowOf, TableName } from '../../shared/domain/tables.ts'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import type { PullResponse, WireRow } from '../../shared/sync/pull.ts'
import type { CommandOutcome, PushResponse } from '../../shared/sync/push.ts'
import type { Session } from '../../shared/sync/session.ts'
import { type ChainEnd, type Signer, signCommands } from '../../shared/sync/signing.ts'
import { mustDecodePage, unpackPage } from './packed-pages.ts'
import { passphrase } from './people.ts'

/** The rows of one table that are theirs to see, among rows as they travel. */
export const rowsOf = <T extends TableName>(rows: readonly WireRow[], table: T): readonly RowOf<T>[] =>
  rows.flatMap((row) => (row.table === table && row.row !== null ? [row.row as RowOf<T>] : []))

/** Speaks to the server as a program would that has no app around it: what it may not do, the server has to refuse. */
export class ApiClient {
  readonly me: Colleague
  readonly #url: string
  readonly #token: string
  readonly #deviceId: string
  readonly #signer: Signer
  #end: ChainEnd

  private constructor(url: string, session: Session, deviceId: string, signer: Signer) {
    this.#url = url
    this.#token = session.accessToken
    this.#deviceId = deviceId
    this.#signer = signer
    this.#end = { n: session.lastN, hash: session.lastHash }
    this.me = session.colleague
  }

  static async signIn(url: string, email: string): Promise<ApiClient> {
    const signer = signerOf(randomBytes(32))
    const device = { id: newId(), name: 'API test', publicKey: signer.publicKey }
    const json = { protocol: PROTOCOL_VERSION, email, passphrase, device }
    const response = await fetch(`${url}/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) })
    if (!response.ok) throw new Error(`Sign-in of ${email}: ${response.status} ${await response.text()}`)
    return new ApiClient(url, (await response.json()) as Session, device.id, signer)
  }

  /** Answers status and body as they came. */
  async post(path: string, json: unknown): Promise<{ readonly status: number; readonly body: unknown }> {
    const response = await this.#send(path, json)
    return { status: response.status, body: await response.json().catch(() => null) }
  }

  #send(path: string, json: unknown): Promise<Response> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${this.#token}` }
    return fetch(`${this.#url}${path}`, { method: 'POST', headers, body: JSON.stringify(json) })
  }

  /** Sends one command and answers what became of it. */
  async run<N extends CommandName>(name: N, args: CommandArgs<N>): Promise<CommandOutcome> {
    const command = { id: newId(), n: this.#end.n + 1, name, version: 1, args, madeAtMs: Date.now() }
    const commands = signCommands(this.#signer, this.#deviceId, this.#end, [command])
    const { status, body } = await this.post('/v1/sync/push', { protocol: PROTOCOL_VERSION, commands })
    const answer = body as PushResponse | null
    const outcome = answer?.outcomes?.[0]
    if (status === 200 && answer) this.#end = { n: answer.lastN, hash: answer.lastHash }
    if (status !== 200 || !outcome) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`)
    return outcome
  }

  /** Every row that this person may see. */
  async listRows(): Promise<readonly WireRow[]> {
    const { body } = await this.post('/v1/sync/pull', { protocol: PROTOCOL_VERSION, cursor: null, scopeHash: null, sinceN: 0 })
    const { scope } = body as PullResponse
    const ids = (scope ?? []).map((entry) => entry.householdId)
    const pages = [[] as string[], ...Array.from({ length: Math.ceil(ids.length / 500) }, (_, i) => ids.slice(i * 500, i * 500 + 500))]
    const rows = await Promise.all(pages.map((householdIds) => this.#snapshot(householdIds)))
    return rows.flat()
  }

  async list<T extends TableName>(table: T): Promise<readonly RowOf<T>[]> {
    return rowsOf(await this.listRows(), table)
  }

  async #snapshot(householdIds: readonly string[]): Promise<readonly WireRow[]> {
    const rows: WireRow[] = []
    let after: string | null = null
    do {
      const response = await this.#send('/v1/sync/snapshot', { protocol: PROTOCOL_VERSION, householdIds, after })
      const page = mustDecodePage(new Uint8Array(await response.arrayBuffer()))
      rows.push(...unpackPage(page))
      after = page.header.next
    } while (after !== null)
    return rows
  }
}
