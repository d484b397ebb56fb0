import { type Icon, IconAlertTriangle, IconBuildingBank, IconChecklist, IconDeviceLaptop, IconFlag, IconHome, IconPencilPlus, IconSettings, IconSun } from '@tabler/icons-react'
import { canRoleUse } from '../../../shared/domain/access/role-commands.ts'
import type { Role } from '../../../shared/domain/colleague/colleague.ts'

export type NavName = 'today' | 'log' | 'households' | 'followUps' | 'verification' | 'initiatives' | 'attention' | 'unsent' | 'settings'

export interface NavItem {
  readonly name: NavName
  readonly path: string
  readonly testId: string
  readonly icon: Icon
  readonly keys: string // as useHotkeys reads them
  readonly isFor: (role: Role) => boolean
  readonly isAside?: true // not on the rail: the state of the connection and Today lead there
}

const everyone = () => true
/** Those who file contacts under them, plan them or watch over them. */
const worksWithInitiatives = (role: Role) => canRoleUse(role, 'contact/log') || canRoleUse(role, 'initiative/add') || role === 'compliance'
const seesHouseholds = (role: Role) => role !== 'marketing' && role !== 'admin'

/** The screens in the order of the rail. What a role cannot use is left out; the server decides all the same. */
const navItems: readonly NavItem[] = [
  { name: 'today', path: 'today', testId: 'nav-today', icon: IconSun, keys: 'mod+1', isFor: everyone },
  { name: 'log', path: 'log', testId: 'nav-log', icon: IconPencilPlus, keys: 'mod+N', isFor: (role) => canRoleUse(role, 'contact/log') },
  { name: 'households', path: 'households', testId: 'nav-households', icon: IconHome, keys: 'mod+2', isFor: seesHouseholds },
  { name: 'followUps', path: 'follow-ups', testId: 'nav-follow-ups', icon: IconChecklist, keys: 'mod+3', isFor: (role) => canRoleUse(role, 'follow-up/complete') },
  {
    name: 'verification',
    path: 'verification',
    testId: 'nav-verification',
    icon: IconBuildingBank,
    keys: 'mod+4',
    isFor: (role) => canRoleUse(role, 'verification/confirm') || role === 'compliance',
  },
  { name: 'initiatives', path: 'initiatives', testId: 'nav-initiatives', icon: IconFlag, keys: 'mod+6', isFor: worksWithInitiatives },
  { name: 'attention', path: 'attention', testId: 'nav-attention', icon: IconAlertTriangle, keys: 'mod+5', isFor: everyone },
  { name: 'unsent', path: 'unsent', testId: 'nav-unsent', icon: IconDeviceLaptop, keys: 'mod+7', isFor: everyone, isAside: true },
  { name: 'settings', path: 'settings', testId: 'nav-settings', icon: IconSettings, keys: 'mod+,', isFor: everyone },
]

export const navItemsOf = (role: Role): readonly NavItem[] => navItems.filter((item) => item.isFor(role))

/** The item under which a path lies; today where nothing else does. */
export const navNameOf = (firstSegment: string): NavName => navItems.find((item) => item.path === firstSegment)?.name ?? 'today'
