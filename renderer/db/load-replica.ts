import { BaseRows } from './base-rows.ts'
import type { PageReader } from './page-reader.ts'
import type { ReplicaDatabase } from './replica-database.ts'
import { readHead } from './replica-head.ts'
import { entriesOfPage, type OpenedRow, openPage, openRows } from './sealed-rows.ts'

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
}

/** Lets the screen draw and take input between two chunks. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

/**
 * Opens all pages and the overlay in chunks that leave the screen usable: first the small tables and single rows, which
 * make the first screen, then the contact entries. Throws where a body was changed or moved.
 */
export async function loadRows(db: ReplicaDatabase, reader: PageReader, { onProgress = () => undefined, onCore = async () => undefined }: LoadSteps = {}): Promise<LoadedRows> {
  const { generation, counter } = await readHead(db)
  const base = new BaseRows()
  const rows = { base, throughN: counter, generation }
  let count = 0
  const take = (entries: readonly Parameters<BaseRows['put']>[0][]): void => {
    for (const entry of entries) base.put(entry)
    count += entries.length
    onProgress(count)
  }
  reader.forget(null)
  const core = await db.pages.where('part').equals('core').primaryKeys()
  await loadPages(
    db,
    reader,
    core.filter((n) => n <= counter),
    take,
  )
  for (const keys of chunksOf(await db.rows.where('n').belowOrEqual(counter).primaryKeys(), ROWS_A_CHUNK)) {
    take(openRows(present(await db.rows.bulkGet(keys))) satisfies readonly OpenedRow[])
    await breathe()
  }
  await onCore(rows)
  const entries = await db.pages.where('part').equals('entries').primaryKeys()
  await loadPages(
    db,
    reader,
    entries.filter((n) => n <= counter),
    take,
  )
  return rows
}

/** Opens one page while the worker inflates the ones before it. */
async function loadPages(db: ReplicaDatabase, reader: PageReader, ns: readonly number[], take: (entries: ReturnType<typeof entriesOfPage>) => void): Promise<void> {
  const ahead: Promise<ReturnType<typeof entriesOfPage>>[] = []
  for (const n of ns) {
    const page = await db.pages.get(n)
    if (page) ahead.push(reader.read(openPage(page)).then((parsed) => entriesOfPage(n, parsed)))
    ahead.at(-1)?.catch(() => undefined) // awaited below; an earlier one that fails must not leave it unheard
    if (ahead.length > PAGES_AHEAD) take((await ahead.shift()) ?? [])
  }
  for (const entries of ahead) take(await entries)
}

function* chunksOf<T>(items: readonly T[], size: number): Iterable<T[]> {
  for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size)
}

const present = <T>(items: readonly (T | undefined)[]): readonly T[] => items.filter((item) => item !== undefined)
