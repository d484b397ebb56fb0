import { z } from 'zod'
import type { Household } from '../../../../shared/domain/household/household.ts'
import type { Person } from '../../../../shared/domain/person/person.ts'
import type { LocalDate } from '../../../../shared/lib/local-date.ts'
import { cleanLine } from '../../../commands/clean-text.ts'

export type MemberRole = Person['memberships'][number]['role']

/** A person as the form of one household holds them; memberships elsewhere stay untouched. */
export interface PersonDraft {
  readonly name: string
  readonly role: MemberRole
  readonly birthOn: LocalDate | null
  readonly email: string
  readonly phone: string
}

/** The first person of a household is its head. */
export const newPerson = (household: Pick<Household, 'headPersonId'>): PersonDraft => ({
  name: '',
  role: household.headPersonId === null ? 'head' : 'partner',
  birthOn: null,
  email: '',
  phone: '',
})

export const roleIn = (person: Pick<Person, 'memberships'>, householdId: string): MemberRole => person.memberships.find((m) => m.householdId === householdId)?.role ?? 'other'

export function personDraftOf(person: Person, householdId: string): PersonDraft {
  const { name, birthOn, email, phone } = person
  return { name, birthOn, email: email ?? '', phone: phone ?? '', role: roleIn(person, householdId) }
}

export type PersonProblem = 'nameMissing' | 'emailWrong'

export function findPersonProblem(draft: PersonDraft): PersonProblem | null {
  if (draft.name.trim() === '') return 'nameMissing'
  const email = draft.email.trim()
  return email === '' || z.email().safeParse(email).success ? null : 'emailWrong'
}

/** The person's fields as they are sent. */
export function personFields(draft: PersonDraft, memberships: Person['memberships'], householdId: string): Pick<Person, 'name' | 'birthOn' | 'email' | 'phone' | 'memberships'> {
  const { role, birthOn } = draft
  const others = memberships.filter((m) => m.householdId !== householdId)
  const isMember = others.length < memberships.length
  return {
    name: cleanLine(draft.name),
    birthOn,
    email: draft.email.trim() || null,
    phone: draft.phone.trim() || null,
    memberships: isMember ? memberships.map((m) => (m.householdId === householdId ? { householdId, role } : m)) : [...others, { householdId, role }],
  }
}
