import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import type { EntryFacts } from './entry-facts.ts'

/** Facts that are texts; all but `id`, which no two entries share. */
const textFields = ['householdId', 'authorId', 'state', 'zone', 'direction', 'channel', 'initiativeId'] as const

/**
 * The facts of a page's entries, column by column: a text that many entries have, as their household, crosses from the worker once
 * and is one string in the window. Without, 100,000 entries are 20 MB more.
 */
export interface FactColumns {
  readonly ids: readonly string[]
  readonly texts: readonly (string | null)[] // each once
  readonly textAt: Uint32Array // of each entry, where in `texts` its text fields are
  readonly occurredAtMs: Float64Array
  readonly recordedAtMs: Float64Array
  readonly isReached: Uint8Array
}

export const buffersOf = ({ textAt, occurredAtMs, recordedAtMs, isReached }: FactColumns): readonly ArrayBufferLike[] => [
  textAt.buffer,
  occurredAtMs.buffer,
  recordedAtMs.buffer,
  isReached.buffer,
]

export class FactWriter {
  readonly columns: FactColumns
  readonly #ids: string[] = []
  readonly #texts: (string | null)[] = []
  readonly #placeOf = new Map<string | null, number>()
  readonly #keys: { readonly texts: readonly number[] } & Readonly<Record<'id' | 'occurredAtMs' | 'recordedAtMs' | 'isReached', number>>

  /** @param keys names of the values of a row @param count of rows */
  constructor(keys: readonly string[], count: number) {
    const at = (field: keyof ContactEntry): number => keys.indexOf(field)
    this.#keys = { texts: textFields.map(at), id: at('id'), occurredAtMs: at('occurredAtMs'), recordedAtMs: at('recordedAtMs'), isReached: at('isReached') }
    const numbers = { occurredAtMs: new Float64Array(count), recordedAtMs: new Float64Array(count) }
    this.columns = { ids: this.#ids, texts: this.#texts, textAt: new Uint32Array(count * textFields.length), ...numbers, isReached: new Uint8Array(count) }
  }

  add(values: readonly unknown[]): void {
    const { id, texts, occurredAtMs, recordedAtMs, isReached } = this.#keys
    const { columns } = this
    const line = this.#ids.push(values[id] as string) - 1
    for (const [i, key] of texts.entries()) columns.textAt[line * texts.length + i] = this.#take(values[key] as string | null)
    columns.occurredAtMs[line] = values[occurredAtMs] as number
    columns.recordedAtMs[line] = values[recordedAtMs] as number
    columns.isReached[line] = values[isReached] === true ? 1 : 0
  }

  #take(text: string | null): number {
    const known = this.#placeOf.get(text)
    if (known !== undefined) return known
    const place = this.#texts.push(text) - 1
    this.#placeOf.set(text, place)
    return place
  }
}

export function unpackFacts({ ids, texts, textAt, occurredAtMs, recordedAtMs, isReached }: FactColumns): readonly EntryFacts[] {
  let next = 0
  const text = (): never => texts[textAt[next++] ?? 0] as never
  return ids.map((id, line) => ({
    id,
    householdId: text(),
    authorId: text(),
    state: text(),
    zone: text(),
    direction: text(),
    channel: text(),
    initiativeId: text(),
    occurredAtMs: occurredAtMs[line] as number,
    recordedAtMs: recordedAtMs[line] as number,
    isReached: isReached[line] === 1,
  }))
}
