import { addAccount, editAccount } from '../domain/account/commands/save-account.ts'
import { amendContact } from '../domain/contact/commands/amend-contact.ts'
import { logContact } from '../domain/contact/commands/log-contact.ts'
import { voidContact } from '../domain/contact/commands/void-contact.ts'
import { endCoverage, grantCoverage } from '../domain/coverage/commands/change-coverage.ts'
import { addFollowUp } from '../domain/follow-up/commands/add-follow-up.ts'
import { completeFollowUp, reassignFollowUp, reopenFollowUp, snoozeFollowUp } from '../domain/follow-up/commands/change-follow-up.ts'
import { addHousehold } from '../domain/household/commands/add-household.ts'
import { editHousehold } from '../domain/household/commands/edit-household.ts'
import { addInitiative } from '../domain/initiative/commands/add-initiative.ts'
import { claimOutcome } from '../domain/outcome/commands/claim-outcome.ts'
import { editClaim } from '../domain/outcome/commands/edit-claim.ts'
import { withdrawOutcome } from '../domain/outcome/commands/withdraw-outcome.ts'
import { addPerson, editPerson } from '../domain/person/commands/save-person.ts'
import { confirmPartly, confirmWhole } from '../domain/verification/commands/confirm-claim.ts'
import { importFeed } from '../domain/verification/commands/import-feed.ts'
import { rejectClaim, returnClaim } from '../domain/verification/commands/reject-claim.ts'
import type { CommandDefinition } from './define-command.ts'

/** Everything that can change. A shipped command never changes meaning: it gets a new version beside the old one. */
export const commands = [
  logContact,
  amendContact,
  voidContact,
  addFollowUp,
  completeFollowUp,
  reopenFollowUp,
  snoozeFollowUp,
  reassignFollowUp,
  claimOutcome,
  editClaim,
  withdrawOutcome,
  importFeed,
  confirmWhole,
  confirmPartly,
  rejectClaim,
  returnClaim,
  addHousehold,
  editHousehold,
  addPerson,
  editPerson,
  addAccount,
  editAccount,
  grantCoverage,
  endCoverage,
  addInitiative,
] as const

export type CommandName = (typeof commands)[number]['name']
export type CommandOf<N extends CommandName> = Extract<(typeof commands)[number], { readonly name: N }>
/** What a caller hands in for a command. */
export type CommandArgs<N extends CommandName> = CommandOf<N> extends CommandDefinition<N, infer S> ? import('zod').input<S> : never

const byKey = new Map<string, CommandDefinition>(commands.map((c) => [`${c.name}@${c.version}`, c as unknown as CommandDefinition]))

export const findCommand = (name: string, version: number): CommandDefinition | undefined => byKey.get(`${name}@${version}`)
