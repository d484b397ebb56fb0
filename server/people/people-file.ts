import { z } from 'zod'
import { type Colleague, roleSchema } from '../../shared/domain/colleague/colleague.ts'
import { nameField } from '../../shared/domain/common/fields.ts'
import type { Team } from '../../shared/domain/team/team.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'

const emailField = z.string().trim().toLowerCase().pipe(z.email().max(200))

/** An office's people as an administrator writes them down: others are named by e-mail, teams by name. */
export const peopleFileSchema = z.strictObject({
  firm: nameField.optional(),
  teams: z.array(z.strictObject({ name: nameField, supervisor: emailField.nullable().default(null) })).default([]),
  people: z
    .array(
      z.strictObject({
        name: nameField,
        email: emailField,
        role: roleSchema,
        title: z.string().max(200).default(''),
        team: nameField.nullable().default(null),
        manager: emailField.nullable().default(null), // null = reports to nobody
      }),
    )
    .min(1),
})
export type PeopleFile = z.infer<typeof peopleFileSchema>

export interface FirmPeople {
  readonly colleagues: readonly Colleague[]
  readonly teams: readonly Team[]
}

/**
 * The rows to add. People and teams that the firm has already stay as they are, so the file may grow and be used again.
 * The error lists every name that leads nowhere.
 */
export function planPeople(file: PeopleFile, known: FirmPeople, newId: () => string): Result<FirmPeople, readonly string[]> {
  const colleagueIds = new Map(known.colleagues.map((c) => [c.email.toLowerCase(), c.id]))
  const teamIds = new Map(known.teams.map((t) => [t.name, t.id]))
  const newPeople = file.people.filter((p) => !colleagueIds.has(p.email))
  const newTeams = file.teams.filter((t) => !teamIds.has(t.name))
  for (const person of newPeople) colleagueIds.set(person.email, newId())
  for (const team of newTeams) teamIds.set(team.name, newId())

  const problems = [...findRepeated(file.people.map((p) => p.email)), ...findRepeated(file.teams.map((t) => t.name))].map((name) => `${name} is there twice`)
  const idIn = (ids: ReadonlyMap<string, string>, name: string | null, of: string): string | null => {
    const id = name === null ? null : ids.get(name)
    if (id === undefined) problems.push(`${of}: there is no ${name}`)
    return id ?? null
  }
  const teams = newTeams.map(({ name, supervisor }) => ({ id: idIn(teamIds, name, name) ?? '', name, supervisorId: idIn(colleagueIds, supervisor, name), rev: 1 }))
  const colleagues = newPeople.map(({ team, manager, ...person }) => ({
    ...person,
    id: idIn(colleagueIds, person.email, person.email) ?? '',
    teamId: idIn(teamIds, team, person.email),
    managerId: idIn(colleagueIds, manager, person.email),
    isActive: true,
    rev: 1,
  }))
  for (const person of newPeople) if (person.manager === person.email) problems.push(`${person.email} reports to themselves`)
  return problems.length > 0 ? err(problems) : ok({ colleagues, teams })
}

const findRepeated = (names: readonly string[]): readonly string[] => [...new Set(names.filter((name, at) => names.indexOf(name) !== at))]
