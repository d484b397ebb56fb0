import type { Person } from '../../../shared/domain/person/person.ts'
import { type AppError, appError } from '../../../shared/errors/error-codes.ts'
import type { Rules } from '../can.ts'
import { notFound, type Standing } from '../standing.ts'

type Memberships = Person['memberships']

const checkAll = (householdIds: readonly string[], standing: Standing): AppError | null => householdIds.map((id) => standing.seeing(id)).find((r) => r !== null) ?? null

/** Households in which the person's membership differs between the two lists. */
function changedHouseholds(from: Memberships, to: Memberships): readonly string[] {
  const rolesIn = (list: Memberships, id: string): string =>
    list
      .filter((m) => m.householdId === id)
      .map((m) => m.role)
      .join(' ') // all of them: a household may be named twice
  return [...new Set([...from, ...to].map((m) => m.householdId))].filter((id) => rolesIn(from, id) !== rolesIn(to, id))
}

/** A first lead is oneself, someone of one's team or, named by the service desk, anyone of the sales line. */
function checkFirstLead(leadId: string, { actor, people }: Standing): AppError | null {
  const isFit = people.isActive(leadId) && people.isSales(leadId)
  const mayName = leadId === actor.id || actor.role === 'service' || people.supervises(actor.id, leadId)
  return isFit && mayName ? null : appError('access/role')
}

export const accountRules: Rules<'household/add' | 'household/edit' | 'person/add' | 'person/edit' | 'account/add' | 'account/edit'> = {
  'household/add': (args, standing) => checkFirstLead(args.lead.colleagueId, standing),
  'household/edit': (args, standing) => standing.seeing(args.id),
  'person/add': (args, standing) =>
    checkAll(
      args.memberships.map((m) => m.householdId),
      standing,
    ),
  'person/edit': (args, standing) => {
    const person = standing.rows.find('persons', args.id)
    if (!person) return notFound
    const ofPerson = person.memberships.map((m) => m.householdId)
    if (!ofPerson.some((id) => standing.sees(id))) return checkAll(ofPerson, standing) ?? notFound
    return checkAll(changedHouseholds(person.memberships, args.edits.memberships?.to ?? person.memberships), standing)
  },
  'account/add': (args, standing) => standing.seeing(args.householdId),
  'account/edit': (args, standing) => {
    const account = standing.rows.find('accounts', args.id)
    return account ? standing.seeing(account.householdId) : notFound
  },
}
