import { BaseRows } from './base-rows.ts'
import type { PageReader, PlainPage } from './page-reader.ts'
import { type ParsedPage, readSmallTables } from './page-text.ts'
import type { ReplicaDatabase, StoredPage } from './replica-database.ts'
import { entriesOfPage, openPage, openRows } from './sealed-rows.ts'
import { readCore, type StoredCore } from './stored-core.ts'

/** Pages that are being inflated while the next ones are opened; more would only hold memory. */
const PAGES_AHEAD = 3
const ROWS_A_CHUNK = 100

/** Everything stored, in memory, and how far it reaches: what comes later has a higher `n`. */
export interface LoadedRows {
  readonly base: BaseRows
  readonly throughN: number
  readonly generation: number
}

export interface LoadSteps {
  /** @param rowCount so far */
  readonly onProgress?: (rowCount: number) => void
  /** All but the packed contact entries is here; goes on when this resolves. */
  readonly onCore?: (rows: LoadedRows) => Promise<void>
  /** What was read already. */
  readonly core?: StoredCore
}

/** Lets the screen draw and take input between two chunks. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

/**
 * Opens all pages and the overlay in chunks that leave the screen usable: first the small tables and single rows, which
 * make the first screen, then the contact entries. Throws where a body was changed or moved.
 */
export async function loadRows(db: ReplicaDatabase, reader: PageReader, steps: LoadSteps = {}): Promise<LoadedRows> {
  const { onProgress = () => undefined, onCore = async () => undefined } = steps
  reader.forget(null)
  const { head, pages, rows: single, entryPageNs } = steps.core ?? (await readCore(db))
  const base = new BaseRows()
  const rows = { base, throughN: head.counter, generation: head.generation }
  let count = 0
  const take = (entries: readonly Parameters<BaseRows['put']>[0][]): void => {
    for (const entry of entries) base.put(entry)
    count += entries.length
    onProgress(count)
  }
  await openPages((page) => readHere(page, reader), pages, take)
  for (const chunk of chunksOf(single, ROWS_A_CHUNK)) {
    take(openRows(chunk))
    await breathe()
  }
  await onCore(rows)
  await openPages((page) => reader.read(page), readEach(db, entryPageNs), take)
  return rows
}

/** One after the other: all of them together would be as large as the firm. */
async function* readEach(db: ReplicaDatabase, ns: readonly number[]): AsyncIterable<StoredPage> {
  for (const n of ns) {
    const page = await db.pages.get(n)
    if (page) yield page
  }
}

/** Without the worker, who has to come up first when the app starts; one that has entries is the worker's, who searches them. */
async function readHere(page: PlainPage, reader: PageReader): Promise<ParsedPage> {
  const rows = await readSmallTables(page.body).catch(() => {
    throw new Error('cipher/invalid: not a page')
  })
  return rows ? { rows, entryGroups: [], text: new Uint8Array(0) } : reader.read(page)
}

/** Opens one page while the ones before it are being inflated. */
async function openPages(
  read: (page: PlainPage) => Promise<ParsedPage>,
  pages: Iterable<StoredPage> | AsyncIterable<StoredPage>,
  take: (entries: ReturnType<typeof entriesOfPage>) => void,
): Promise<void> {
  const ahead: Promise<ReturnType<typeof entriesOfPage>>[] = []
  for await (const page of pages) {
    ahead.push(read(openPage(page)).then((parsed) => entriesOfPage(page.n, parsed)))
    ahead.at(-1)?.catch(() => undefined) // awaited below; an earlier one that fails must not leave it unheard
    if (ahead.length > PAGES_AHEAD) take((await ahead.shift()) ?? [])
  }
  for (const entries of ahead) take(await entries)
}

function* chunksOf<T>(items: readonly T[], size: number): Iterable<T[]> {
  for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size)
}
