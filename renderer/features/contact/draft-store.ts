import Dexie, { type EntityTable } from 'dexie'
import type { WindowCipher } from '../../../shared/ipc/ipc-contract.ts'

interface DraftRow {
  readonly key: string // keyed hash of what the draft belongs to
  readonly sealed: Uint8Array
}

/** Unsaved forms of one person on one laptop, sealed; a database of its own, because drafts are no records. */
export class DraftStore {
  readonly #db: Dexie & { drafts: EntityTable<DraftRow, 'key'> }
  readonly #cipher: Pick<WindowCipher, 'seal' | 'open' | 'token'>

  /** @param databaseName the person's database; the drafts' name is made of it */
  constructor(databaseName: string, cipher: Pick<WindowCipher, 'seal' | 'open' | 'token'>) {
    this.#cipher = cipher
    this.#db = new Dexie(`${databaseName}-drafts`) as Dexie & { drafts: EntityTable<DraftRow, 'key'> }
    this.#db.version(1).stores({ drafts: 'key' })
  }

  async put(name: string, draft: unknown): Promise<void> {
    const sealed = this.#cipher.seal(aadOf(name), new TextEncoder().encode(JSON.stringify(draft)))
    await this.#db.drafts.put({ key: this.#cipher.token(aadOf(name)), sealed })
  }

  /** Undefined where there is none, or one that this key does not open: a draft is never worth an error. */
  async find(name: string): Promise<unknown> {
    try {
      const row = await this.#db.drafts.get(this.#cipher.token(aadOf(name)))
      return row && JSON.parse(new TextDecoder().decode(this.#cipher.open(aadOf(name), row.sealed)))
    } catch {
      return undefined
    }
  }

  async delete(name: string): Promise<void> {
    await this.#db.drafts.delete(this.#cipher.token(aadOf(name)))
  }

  close(): void {
    this.#db.close()
  }
}

const aadOf = (name: string): string => `draft/${name}`
