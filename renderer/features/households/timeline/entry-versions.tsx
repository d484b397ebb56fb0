import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactEntry, ContactStatement } from '../../../../shared/domain/contact/contact-entry.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { useFormat } from '../../../ui/use-format.ts'
import classes from './timeline.module.css'

/** Every earlier version of an entry: what the changed fields held before, who changed them, when and why. */
export function EntryVersions({ entry }: { readonly entry: ContactEntry }) {
  const { t } = useTranslation('households')
  const format = useFormat()
  const [isOpen, setIsOpen] = useState(false)
  const nameOf = useReplica((view) => new Map(view.list('colleagues').map((c) => [c.id, c.name])), [])
  const valueText = useFieldText(entry.zone)
  return (
    <>
      <button type="button" className={classes.more} aria-expanded={isOpen} data-testid="entry-versions" onClick={() => setIsOpen((open) => !open)}>
        {t('timeline.versions', { count: entry.versions.length })}
      </button>
      {isOpen && (
        <ol className={classes.versions} reversed>
          {entry.versions.toReversed().map((version) => (
            <li key={version.version}>
              <p className={classes.meta}>
                {t('timeline.versionBefore', { when: format.instant(version.changedAtMs), name: nameOf.get(version.changedById) ?? '' })}
                {version.reason !== null && ` · ${t('timeline.versionReason', { reason: version.reason })}`}
              </p>
              <dl className={classes.before}>
                {(Object.keys(version.before) as (keyof ContactStatement)[]).map((field) => (
                  <FieldBefore key={field} label={t(`entryField.${field}`)} text={valueText(field, version.before)} />
                ))}
              </dl>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}

function FieldBefore({ label, text }: { readonly label: string; readonly text: string }) {
  const { t } = useTranslation('households')
  return (
    <>
      <dt>{label}</dt>
      <dd>{text === '' ? t('timeline.cleared') : text}</dd>
    </>
  )
}

/** A field's value in words. @param zone the entry's, where the version has none of its own */
function useFieldText(zone: string): (field: keyof ContactStatement, before: ContactEntry['versions'][number]['before']) => string {
  const { t } = useTranslation('contact')
  const { t: tc } = useTranslation()
  const format = useFormat()
  const names = useReplica((view) => new Map([...view.list('persons'), ...view.list('colleagues'), ...view.list('initiatives')].map((row) => [row.id, row.name])), [])
  return (field, before) => {
    const value = before[field]
    if (Array.isArray(value)) return value.map((id) => names.get(id) ?? '').join(', ')
    if (typeof value === 'boolean') return tc(value ? 'word.yes' : 'word.no')
    if (field === 'channel' && before.channel) return t(`channel.${before.channel}`)
    if (field === 'direction' && before.direction) return t(`direction.${before.direction}`)
    if (field === 'purpose' && before.purpose) return t(`purpose.${before.purpose}`)
    if (field === 'occurredAtMs' && before.occurredAtMs !== undefined) return format.instant(before.occurredAtMs, before.zone ?? zone)
    if (field === 'initiativeId' && before.initiativeId) return names.get(before.initiativeId) ?? ''
    return String(value ?? '')
  }
}
