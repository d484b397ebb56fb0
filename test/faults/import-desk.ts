import { createHash } from 'node:crypto'
import { v7 as newId } from 'uuid'
import { storeBlob } from '../../server/files/blob-store.ts'
import { makeCamt053 } from '../../server/sample/make-statement.ts'
import { makeIban, vienna } from '../../server/sample/places.ts'
import { ApiClient } from '../support/api-client.ts'
import { people } from '../support/people.ts'
import type { FaultFirm } from './fault-firm.ts'

/** A controller who brings in one bank statement, and brings it again after the server broke down over it. */
export class ImportDesk {
  readonly #firm: FaultFirm
  readonly #bytes: Uint8Array
  readonly #sha256: string
  #api: ApiClient

  private constructor(firm: FaultFirm, bytes: Uint8Array, api: ApiClient) {
    this.#firm = firm
    this.#bytes = bytes
    this.#sha256 = createHash('sha256').update(bytes).digest('hex')
    this.#api = api
  }

  static async open(firm: FaultFirm): Promise<ImportDesk> {
    const credit = { amountMinor: 12_345, bookedOn: '2026-01-07', payerName: 'Somebody', reference: newId() } as const
    const account = 1_000 + Math.floor(firm.random() * 8_999) // nobody's: it has no earlier statement to go on from
    const statement = { iban: makeIban(vienna, account), currency: 'EUR', sequence: 1, openingMinor: 0, credits: [credit] }
    const bytes = makeCamt053(`F-${newId().slice(-12)}`, '2026-01-07', '2026-01-07', [statement])
    return new ImportDesk(firm, bytes, await ApiClient.signIn(firm.server.url, people.controller))
  }

  async bringFile(): Promise<void> {
    await this.#firm.withDb((db) => storeBlob(db, this.#bytes, Date.now()))
    await this.#api.run('verification/import', { id: newId(), sha256: this.#sha256, name: 'bank.xml', sizeBytes: this.#bytes.length })
  }

  /** @throws where what broke off left something behind, or the file does not come in whole now */
  async bringAgain(): Promise<void> {
    this.#api = await ApiClient.signIn(this.#firm.server.url, people.controller)
    await this.bringFile()
    const files = await this.#firm.withDb((db) => db.selectFrom('feed_files').select(['state', 'line_count']).where('sha256', '=', this.#sha256).execute())
    if (files.length !== 1 || files[0]?.state !== 'imported' || files[0].line_count !== 1) throw new Error(`a statement whose import broke off came in as ${JSON.stringify(files)}`)
  }
}
