import type { z } from 'zod'
import type { CommandName, CommandOf } from '../../shared/commands/registry.ts'
import type { ParsedCall } from '../../shared/commands/run-command.ts'
import { canRoleUse } from '../../shared/domain/access/role-commands.ts'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { accountRules } from './rules/account-rules.ts'
import { contactRules } from './rules/contact-rules.ts'
import { coverageRules } from './rules/coverage-rules.ts'
import { followUpRules } from './rules/follow-up-rules.ts'
import { outcomeRules } from './rules/outcome-rules.ts'
import { verificationRules } from './rules/verification-rules.ts'
import type { Standing } from './standing.ts'

/** What a command asks of its actor beyond the role; null = allowed. */
export type Rule<N extends CommandName> = (args: z.output<CommandOf<N>['schema']>, standing: Standing) => AppError | null
export type Rules<N extends CommandName> = { readonly [K in N]: Rule<K> }

/** The policy: one rule for every command; a command without one does not compile. */
const policy: Rules<CommandName> = { ...contactRules, ...followUpRules, ...outcomeRules, ...verificationRules, ...accountRules, ...coverageRules }

/** Whether the actor may make this call on these rows; the refusal, or null. Asked before every `apply` (rule C4). */
export function can(call: ParsedCall, standing: Standing): AppError | null {
  if (!standing.people.isActive(standing.actor.id)) return appError('session/inactive')
  if (!canRoleUse(standing.actor.role, call.name)) return appError('access/role')
  return (policy[call.name] as Rule<CommandName>)(call.args as never, standing)
}
