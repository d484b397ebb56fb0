import type { OutcomeClaim } from '../../../../shared/domain/outcome/outcome-claim.ts'
import { cleanNote } from '../../../commands/clean-text.ts'
import { type Edits, editsBetween } from '../../../commands/edits-between.ts'
import { claimStatementOf, type OutcomeForm } from '../../../outcome/outcome-form.ts'

type Statement = Pick<OutcomeClaim, 'accountId' | 'claimedMinor' | 'currency' | 'expectedOn' | 'creditSplit' | 'note'>

interface EditArgs {
  readonly id: string
  readonly edits: Edits<Statement>
  readonly answer: string | null
}

/**
 * The edit that makes a claim say what the form says; null where nothing differs.
 * @param answer to the controller's question, null = there is none; it also joins the note, where the controller reads it
 */
export function claimEditArgs(claim: Pick<OutcomeClaim, 'id'> & Statement, form: OutcomeForm, answer: string | null): EditArgs | null {
  const { id: _id, kind: _kind, ...stated } = claimStatementOf(form)
  const text = answer === null ? '' : cleanNote(answer)
  const note = [stated.note, text].filter(Boolean).join('\n')
  const edits = editsBetween<Statement>(claim, { ...stated, note })
  return edits && { id: claim.id, edits, answer: text === '' ? null : text.slice(0, 1_000) }
}
