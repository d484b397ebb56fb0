import { type AppError, appError, type ErrorCode } from '../../shared/errors/error-codes.ts'
import { constraintOf, isPolicyViolation, sqlStateOf } from '../db/pg-error.ts'

/** Constraints that say what a rule says; every other is a bug of ours. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  outcome_claims_four_eyes: 'access/four-eyes',
  outcome_claims_four_eyes_decision: 'access/four-eyes',
  outcome_claims_four_eyes_reports: 'access/four-eyes',
  verification_cases_four_eyes: 'access/four-eyes',
  outcome_claims_whole_split: 'outcome/split',
  account_activities_used_once: 'verification/line-used',
  account_activities_evidence_only: 'verification/evidence-unfit',
}

/**
 * The refusal of a command whose rows the database would not take. A reference to a row that is not there is
 * 'access/not-found'; a value that its column cannot hold, such as a day in the year 0, is 'command/malformed'.
 */
export function refusalOfViolation(error: unknown): AppError {
  if (sqlStateOf(error)?.startsWith('22')) return appError('command/malformed', { path: '', problem: 'range' })
  if (isPolicyViolation(error)) return appError('access/not-found')
  const constraint = constraintOf(error)
  const known = constraint === null ? undefined : CODES[constraint]
  if (known) return appError(known)
  return constraint?.endsWith('_fkey') ? appError('access/not-found') : appError('app/bug', { constraint })
}
