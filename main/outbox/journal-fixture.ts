import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { DraftCommand } from '../../shared/ipc/ipc-contract.ts'
import type { Result } from '../../shared/lib/result.ts'
import { Journal, type JournalOptions } from './journal.ts'

/** What the tests of journal and push share. */
export const journalKey = Buffer.alloc(32, 7)

/** Command number `i` of a test; the same number makes the same command. */
export const aCommand = (i: number): DraftCommand => ({
  id: `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`,
  name: 'contact/log',
  version: 1,
  args: { note: `Call ${i}` },
  madeAtMs: 1_000 + i,
})

export const aJournalPath = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'rapport-journal-')), 'outbox.journal')

export async function openJournal(path: string, options: Partial<JournalOptions> = {}): Promise<Journal> {
  const journal = unwrap(await Journal.open({ path, key: journalKey, registeredLastN: 0, nowMs: () => 5_000, ...options }))
  onTestFinished(() => journal.close())
  return journal
}

export function unwrap<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`)
  return result.value
}

export const numbersOf = (journal: Journal): number[] => journal.listOpen().map(({ n }) => n)
