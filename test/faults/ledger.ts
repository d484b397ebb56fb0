/** What the app told its person, command by command: the history that the server's is compared with. */
export type Told =
  | 'saved' // on this laptop: from here on it must never be lost
  | 'not-saved' // with a code of the catalogue: it must not turn up
  | 'unknown' // the process ended before it could say

export interface LedgerLine {
  readonly entryId: string
  readonly what: 'log' | 'amend'
  readonly subject: string
  readonly told: Told
  readonly commandId: string | null
  readonly code: string | null // of 'not-saved'
  readonly tookMs: number
}

export class Ledger {
  readonly lines: LedgerLine[] = []

  add(line: LedgerLine): void {
    this.lines.push(line)
  }

  count(told: Told): number {
    return this.lines.filter((line) => line.told === told).length
  }

  /** An entry whose subject is known for certain, so that it can be amended. */
  certainEntries(): readonly { readonly entryId: string; readonly subject: string }[] {
    const certain = new Map<string, string>()
    for (const { entryId, subject, told } of this.lines) {
      if (told === 'saved') certain.set(entryId, subject)
      else certain.delete(entryId)
    }
    return [...certain].map(([entryId, subject]) => ({ entryId, subject }))
  }
}
