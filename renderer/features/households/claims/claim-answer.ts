import type { CommandArgs } from '../../../../shared/commands/registry.ts'
import type { OutcomeClaim } from '../../../../shared/domain/outcome/outcome-claim.ts'
import type { LocalDate } from '../../../../shared/lib/local-date.ts'
import { editsBetween } from '../../../commands/edits-between.ts'

/** What a maker may put right when a claim comes back with a question. */
export interface ClaimAnswer {
  readonly claimedMinor: number | null
  readonly expectedOn: LocalDate | null
  readonly text: string
}

type ClaimStatement = Pick<OutcomeClaim, 'claimedMinor' | 'expectedOn' | 'note'>

/** The edit that answers; the answer also joins the note, where the controller reads it. Null while something is missing. */
export function answerArgs(claim: Pick<OutcomeClaim, 'id' | 'kind'> & ClaimStatement, answer: ClaimAnswer): CommandArgs<'outcome/edit'> | null {
  const text = answer.text.normalize('NFC').trim()
  const { claimedMinor, expectedOn } = answer
  if (text === '' || claimedMinor === null || (claim.kind === 'pledge' && expectedOn === null)) return null
  const note = [claim.note, text].filter(Boolean).join('\n')
  const edits = editsBetween<ClaimStatement>(claim, { claimedMinor, expectedOn, note })
  return edits && { id: claim.id, edits, answer: text.slice(0, 1_000) }
}
