/**
 * Who may what, in plain words: the one table that the matrix is made from. It repeats neither the policy in TypeScript nor
 * the policies of rows; both are held against it.
 */
import type { CommandName } from '../../shared/commands/registry.ts'
import type { TableName } from '../../shared/domain/tables.ts'
import {
  adminId,
  advisorId,
  complianceId,
  controllerId,
  dependentControllerId,
  formerId,
  marketingId,
  otherAdvisorId,
  serviceId,
  strangerId,
  supervisorId,
} from '../support/server-firm.ts'

export type Relation = 'lead' | 'cover' | 'supervise' | 'service' | 'control' | 'comply' | 'ended' | 'none'

/** Where each person stands towards households 1, 2 and 3. */
export const relations: Readonly<Record<string, { readonly id: string; readonly role: string; readonly to: readonly [Relation, Relation, Relation] }>> = {
  advisor: { id: advisorId, role: 'sales', to: ['lead', 'none', 'none'] },
  colleague: { id: otherAdvisorId, role: 'sales', to: ['cover', 'lead', 'none'] },
  supervisor: { id: supervisorId, role: 'supervisor', to: ['supervise', 'supervise', 'none'] },
  stranger: { id: strangerId, role: 'sales', to: ['none', 'none', 'lead'] },
  former: { id: formerId, role: 'sales', to: ['ended', 'none', 'none'] },
  service: { id: serviceId, role: 'service', to: ['service', 'service', 'service'] },
  marketing: { id: marketingId, role: 'marketing', to: ['none', 'none', 'none'] },
  compliance: { id: complianceId, role: 'compliance', to: ['comply', 'comply', 'comply'] },
  admin: { id: adminId, role: 'admin', to: ['none', 'none', 'none'] },
  controller: { id: controllerId, role: 'controller', to: ['control', 'control', 'control'] },
  dependentController: { id: dependentControllerId, role: 'controller', to: ['control', 'control', 'control'] },
}

const clients: readonly TableName[] = ['households', 'persons', 'accounts', 'coverages']
const work: readonly TableName[] = [...clients, 'contactEntries', 'followUps', 'outcomeClaims']

/** What is seen inside a household, by the relation to it. */
export const sees: Readonly<Record<Relation, readonly TableName[]>> = {
  lead: work,
  cover: work,
  supervise: work,
  service: clients,
  control: ['households', 'persons', 'accounts', 'outcomeClaims', 'verificationCases'],
  comply: [...work, 'verificationCases'],
  ended: [],
  none: [],
}

/** What is seen of the firm. */
export const seesOfFirm = (role: string): readonly TableName[] =>
  ['controller', 'compliance'].includes(role) ? ['colleagues', 'teams', 'initiatives', 'feedFiles', 'accountActivities'] : ['colleagues', 'teams', 'initiatives']

/** Rows of a confidential entry, and what came of it: whom else they are shown to than their maker. */
export const seesConfidential: Readonly<Record<Relation, boolean | 'claims'>> = {
  lead: true,
  cover: false,
  supervise: false,
  service: false,
  control: 'claims',
  comply: true,
  ended: false,
  none: false,
}

/** Roles that have a command at all. */
export const may: Readonly<Record<CommandName, readonly string[]>> = {
  'contact/log': ['sales', 'supervisor'],
  'contact/amend': ['sales', 'supervisor'],
  'contact/void': ['sales', 'supervisor'],
  'follow-up/add': ['sales', 'supervisor'],
  'follow-up/complete': ['sales', 'supervisor'],
  'follow-up/reopen': ['sales', 'supervisor'],
  'follow-up/snooze': ['sales', 'supervisor'],
  'follow-up/reassign': ['sales', 'supervisor'],
  'outcome/claim': ['sales', 'supervisor'],
  'outcome/edit': ['sales', 'supervisor'],
  'outcome/withdraw': ['sales', 'supervisor'],
  'verification/import': ['controller'],
  'verification/confirm': ['controller'],
  'verification/confirm-partly': ['controller'],
  'verification/reject': ['controller'],
  'verification/return': ['controller'],
  'household/add': ['sales', 'supervisor', 'service'],
  'household/edit': ['sales', 'supervisor', 'service'],
  'person/add': ['sales', 'supervisor', 'service'],
  'person/edit': ['sales', 'supervisor', 'service'],
  'account/add': ['sales', 'supervisor', 'service'],
  'account/edit': ['sales', 'supervisor', 'service'],
  'coverage/grant': ['supervisor'],
  'coverage/end': ['supervisor'],
  'initiative/add': ['marketing', 'supervisor'],
}

/** Commands that name no household: the role alone decides. */
export const ofNoHousehold: readonly CommandName[] = ['household/add', 'initiative/add', 'verification/import']
