import type { Colleague, Role } from '../../shared/domain/colleague/colleague.ts'
import type { Team } from '../../shared/domain/team/team.ts'
import type { Random } from './random.ts'

/** Every sample person signs in with it; a real firm gives each their own. */
export const SAMPLE_PASSPHRASE = 'correct horse battery staple'
export const FIRM_NAME = 'Hallgate & Partners'

type TeamKey = 'budapest' | 'vienna' | 'london' | 'control'
interface Member {
  readonly key: string // part of the e-mail before the @
  readonly name: string
  readonly role: Role
  readonly title: string
  readonly team: TeamKey
  readonly manager: string | null
}

const MEMBERS: readonly Member[] = [
  { key: 'katalin.szabo', name: 'Katalin Szabó', role: 'supervisor', title: 'Head of Wealth, Budapest', team: 'budapest', manager: null },
  { key: 'anna.kovacs', name: 'Anna Kovács', role: 'advisor', title: 'Senior advisor', team: 'budapest', manager: 'katalin.szabo' },
  { key: 'eszter.varga', name: 'Eszter Varga', role: 'specialist', title: 'Trusts and succession', team: 'budapest', manager: 'katalin.szabo' },
  { key: 'stefan.huber', name: 'Stefan Huber', role: 'supervisor', title: 'Head of Wealth, West', team: 'vienna', manager: null },
  { key: 'lukas.gruber', name: 'Lukas Gruber', role: 'advisor', title: 'Advisor, Vienna', team: 'vienna', manager: 'stefan.huber' },
  { key: 'johanna.maier', name: 'Johanna Maier', role: 'advisor', title: 'Advisor, Munich', team: 'vienna', manager: 'stefan.huber' },
  { key: 'oliver.bennett', name: 'Oliver Bennett', role: 'advisor', title: 'Advisor, London', team: 'london', manager: 'stefan.huber' },
  { key: 'peter.horvath', name: 'Péter Horváth', role: 'banker', title: 'Investment banker', team: 'london', manager: 'stefan.huber' },
  { key: 'claire.dawson', name: 'Claire Dawson', role: 'controller', title: 'Independent control', team: 'control', manager: null },
  { key: 'miklos.balogh', name: 'Miklós Balogh', role: 'controller', title: 'Independent control', team: 'control', manager: null },
  { key: 'nora.fekete', name: 'Nóra Fekete', role: 'service', title: 'Client service', team: 'control', manager: null },
  { key: 'david.lang', name: 'David Lang', role: 'marketing', title: 'Marketing', team: 'control', manager: null },
  { key: 'ingrid.berger', name: 'Ingrid Berger', role: 'compliance', title: 'Compliance', team: 'control', manager: null },
  { key: 'viktor.papp', name: 'Viktor Papp', role: 'admin', title: 'Administration', team: 'control', manager: null },
]

const TEAMS: Readonly<Record<TeamKey, { readonly name: string; readonly supervisor: string | null }>> = {
  budapest: { name: 'Budapest', supervisor: 'katalin.szabo' },
  vienna: { name: 'Vienna and Munich', supervisor: 'stefan.huber' },
  london: { name: 'London and Corporate', supervisor: 'stefan.huber' },
  control: { name: 'Control and Services', supervisor: null },
}

export interface Firm {
  readonly teams: readonly Team[]
  readonly people: readonly Colleague[]
  /** The id of a member by the part of the e-mail before the @. */
  idOf(key: string): string
}

/** The 14 people in all roles and their 4 teams. */
export function makeFirm(random: Random, atMs: number): Firm {
  const ids = new Map(MEMBERS.map((m) => [m.key, random.id(atMs)]))
  const teamIds = new Map(Object.keys(TEAMS).map((k) => [k, random.id(atMs)]))
  const idOf = (key: string): string => ids.get(key) ?? raise(key)
  return {
    idOf,
    teams: Object.entries(TEAMS).map(([key, t]) => ({ id: teamIds.get(key) ?? raise(key), name: t.name, supervisorId: t.supervisor && idOf(t.supervisor), rev: 1 })),
    people: MEMBERS.map((m) => ({
      id: idOf(m.key),
      name: m.name,
      email: `${m.key}@rapport.example`,
      role: m.role,
      title: m.title,
      teamId: teamIds.get(m.team) ?? null,
      managerId: m.manager && idOf(m.manager),
      isActive: true,
      rev: 1,
    })),
  }
}

function raise(key: string): never {
  throw new Error(`sample firm: unknown member ${key}`)
}
