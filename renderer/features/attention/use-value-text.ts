import { useTranslation } from 'react-i18next'
import type { TableName } from '../../../shared/domain/tables.ts'
import { useReplica } from '../../db/use-replica.ts'
import { type Format, useFormat } from '../../ui/use-format.ts'

type Scalar = string | number | boolean | null

export interface TextSource {
  readonly name: string
  readonly currency: string | null
  readonly zone: string | null
}

/** The table whose row a field names, and the row's field that people know it by. */
const REFERENCES: Readonly<Record<string, readonly [TableName, string]>> = {
  householdId: ['households', 'name'],
  personId: ['persons', 'name'],
  personIds: ['persons', 'name'],
  headPersonId: ['persons', 'name'],
  colleagueId: ['colleagues', 'name'],
  colleagueIds: ['colleagues', 'name'],
  assigneeId: ['colleagues', 'name'],
  ownerId: ['colleagues', 'name'],
  accountId: ['accounts', 'name'],
  initiativeId: ['initiatives', 'name'],
  entryId: ['contactEntries', 'subject'],
  activityId: ['accountActivities', 'remittance'],
}

/** Amounts, days, instants and shares by the ending of the field's name; null = it is none of them. */
function writeFigure(value: Scalar, source: TextSource, format: Format): string | null {
  const { name, currency, zone } = source
  if (typeof value === 'string' && name.endsWith('On')) return format.dayLong(value)
  if (typeof value !== 'number') return null
  if (name.endsWith('Minor') && currency !== null) return format.money(value, currency)
  if (name.endsWith('AtMs')) return format.instant(value, zone ?? undefined)
  return name.endsWith('Bp') ? format.share(value) : format.number(value)
}

/** Where the word for a choice may stand; the values of one name in several places differ. */
const placesOf = (name: string, value: Scalar): readonly string[] => [
  ...['contact', 'verification', 'households', 'initiatives'].map((space) => `${space}:${name}.${value}`),
  ...(name === 'role' ? [`households:people.roles.${value}`, `households:coverage.roles.${value}`] : []),
  ...(name === 'kind' ? [`households:accounts.kinds.${value}`, `households:quietKind.${value}`] : []),
  ...(name === 'language' ? [`households:languageName.${value}`] : []),
]

/** Writes a stored value as the forms show it: names for ids, words for choices, figures with their units. */
export function useValueText(): (value: Scalar, source: TextSource) => string {
  const { t, i18n } = useTranslation(['attention', 'common'])
  const format = useFormat()
  const view = useReplica((replica) => ({ find: replica.find.bind(replica) as typeof replica.find }), [])
  return (value, source) => {
    if (value === null || value === '') return t('empty')
    if (typeof value === 'boolean') return t(value ? 'common:word.yes' : 'common:word.no')
    const reference = REFERENCES[source.name]
    if (reference) {
      const row = view.find(reference[0], String(value)) as Readonly<Record<string, unknown>> | undefined
      return String(row?.[reference[1]] ?? t('notReadable'))
    }
    const figure = writeFigure(value, source, format)
    if (figure !== null) return figure
    const word = placesOf(source.name, value).find((key) => i18n.exists(key))
    return word === undefined ? String(value) : i18n.t(word as 'common:appName')
  }
}
