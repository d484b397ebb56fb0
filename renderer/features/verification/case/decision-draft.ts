import type { CommandArgs } from '../../../../shared/commands/registry.ts'
import type { OutcomeClaim } from '../../../../shared/domain/outcome/outcome-claim.ts'
import type { ControllerTurn } from './decision-right.ts'
import type { EvidencePart, SumFit } from './evidence-choice.ts'

export type Decision = 'confirm' | 'partly' | 'reject' | 'return'
export const decisions: readonly Decision[] = ['confirm', 'partly', 'reject', 'return']
/** Keyboard keys, the same in every language. */
export const decisionKeys: Readonly<Record<Decision, string>> = { confirm: 'c', partly: 'p', reject: 'r', return: 't' }

/** What still keeps a decision from being taken; the text says what to do. */
export type DecisionGap = 'reason' | 'evidence' | 'letter' | 'amount' | 'not-part' | 'mandate-whole' | 'second-needed' | 'question'

export interface DecisionDraft {
  readonly claim: Pick<OutcomeClaim, 'kind'>
  readonly fit: SumFit
  readonly hasLetter: boolean
  readonly turn: ControllerTurn
  readonly reason: string
}

/** null = ready. */
export function findGap(decision: Decision, draft: DecisionDraft): DecisionGap | null {
  const gap = decision === 'confirm' || decision === 'partly' ? findEvidenceGap(decision, draft) : null
  if (gap !== null) return gap
  if (draft.reason.trim() !== '') return null
  return decision === 'return' ? 'question' : 'reason'
}

function findEvidenceGap(decision: 'confirm' | 'partly', { claim, fit, hasLetter, turn }: DecisionDraft): DecisionGap | null {
  if (turn === 'was-first') return 'second-needed'
  if (claim.kind === 'mandate') {
    if (decision === 'partly') return 'mandate-whole'
    return hasLetter ? null : 'letter'
  }
  if (fit === 'none') return 'evidence'
  if (decision === 'confirm') return fit === 'short' ? 'amount' : null
  return fit === 'exact' ? 'not-part' : null
}

export type DecisionCommand =
  | { readonly name: 'verification/confirm'; readonly args: CommandArgs<'verification/confirm'> }
  | { readonly name: 'verification/confirm-partly'; readonly args: CommandArgs<'verification/confirm-partly'> }
  | { readonly name: 'verification/reject'; readonly args: CommandArgs<'verification/reject'> }
  | { readonly name: 'verification/return'; readonly args: CommandArgs<'verification/return'> }

/** The command of a decision that has no gap. */
export function toCommand(decision: Decision, claimId: string, reason: string, parts: readonly EvidencePart[], letterSha256: string | null): DecisionCommand {
  const verdict = { id: claimId, reason: reason.trim().normalize('NFC') }
  const confirmation = { ...verdict, evidence: parts.map((part) => ({ ...part })), letterSha256 }
  switch (decision) {
    case 'confirm':
      return { name: 'verification/confirm', args: confirmation }
    case 'partly':
      return { name: 'verification/confirm-partly', args: confirmation }
    case 'reject':
      return { name: 'verification/reject', args: verdict }
    case 'return':
      return { name: 'verification/return', args: verdict }
  }
}
