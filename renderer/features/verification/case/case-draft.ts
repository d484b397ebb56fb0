import { useState } from 'react'

/** What a controller has chosen and typed; null = untouched, what the case itself suggests counts. */
export interface CaseDraft {
  readonly chosenIds: ReadonlySet<string> | null
  readonly reason: string | null
  readonly letter: { readonly name: string; readonly sha256: string } | null
}
const untouched: CaseDraft = { chosenIds: null, reason: null, letter: null }

/** Survives going elsewhere and coming back; gone with the window, which locking destroys. */
const drafts = new Map<string, CaseDraft>()

/** Not of one rendering: a letter is still being stored while the reason is typed. */
export function changeCaseDraft(claimId: string, part: Partial<CaseDraft>): CaseDraft {
  const next = { ...(drafts.get(claimId) ?? untouched), ...part }
  drafts.set(claimId, next)
  return next
}

export function useCaseDraft(claimId: string): readonly [CaseDraft, (part: Partial<CaseDraft>) => void, () => void] {
  const [draft, setDraft] = useState(() => drafts.get(claimId) ?? untouched)
  const clear = () => {
    drafts.delete(claimId)
    setDraft(untouched)
  }
  return [draft, (part) => setDraft(changeCaseDraft(claimId, part)), clear]
}
