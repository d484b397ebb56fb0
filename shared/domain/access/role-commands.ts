import type { CommandName } from '../../commands/registry.ts'
import type { Role } from '../colleague/colleague.ts'

const SALES: readonly Role[] = ['advisor', 'specialist', 'banker', 'supervisor']
const CLIENT_DATA: readonly Role[] = [...SALES, 'service']

/**
 * Which roles may use a command at all. The server's policy asks more of the actor (coverage, being the maker, four
 * eyes); screens use this table only to leave out what a role never has.
 */
export const roleCommands: Readonly<Record<CommandName, readonly Role[]>> = {
  'contact/log': SALES,
  'contact/amend': SALES,
  'contact/void': SALES,
  'follow-up/add': SALES,
  'follow-up/complete': SALES,
  'follow-up/reopen': SALES,
  'follow-up/snooze': SALES,
  'follow-up/reassign': SALES,
  'outcome/claim': SALES,
  'outcome/edit': SALES,
  'outcome/withdraw': SALES,
  'verification/import': ['controller'],
  'verification/confirm': ['controller'],
  'verification/confirm-partly': ['controller'],
  'verification/reject': ['controller'],
  'verification/return': ['controller'],
  'household/add': CLIENT_DATA,
  'household/edit': CLIENT_DATA,
  'person/add': CLIENT_DATA,
  'person/edit': CLIENT_DATA,
  'account/add': CLIENT_DATA,
  'account/edit': CLIENT_DATA,
  'coverage/grant': ['supervisor'],
  'coverage/end': ['supervisor'],
  'initiative/add': ['marketing', 'supervisor'],
}

export const canRoleUse = (role: Role, command: CommandName): boolean => roleCommands[command].includes(role)
