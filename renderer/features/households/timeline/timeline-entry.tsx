import { Button } from '@mantine/core'
import { IconLock, IconMail, IconMailForward, IconPhone, IconUsers, IconVideo } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { canRoleUse } from '../../../../shared/domain/access/role-commands.ts'
import type { Colleague } from '../../../../shared/domain/colleague/colleague.ts'
import type { ContactEntry } from '../../../../shared/domain/contact/contact-entry.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { SaveState } from '../../../ui/save-state.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { AddOutcome } from '../claims/add-outcome.tsx'
import { AmendEntry } from './amend-entry.tsx'
import { EntryNote } from './entry-note.tsx'
import { EntryParts } from './entry-parts.tsx'
import { EntryVersions } from './entry-versions.tsx'
import { lateBy } from './late-entry.ts'
import classes from './timeline.module.css'
import { VoidEntry } from './void-entry.tsx'

const ICONS: Readonly<Record<ContactEntry['channel'], ReactNode>> = {
  phone: <IconPhone />,
  inPerson: <IconUsers />,
  video: <IconVideo />,
  email: <IconMail />,
  post: <IconMailForward />,
}

/** One contact with everything that came of it. A voided one stays readable, struck through. */
export function TimelineEntry({ entry, self }: { readonly entry: ContactEntry; readonly self: Colleague }) {
  const { t } = useTranslation('households')
  const { t: tc } = useTranslation('contact')
  const [editor, setEditor] = useState<'amend' | 'outcome' | 'void' | null>(null)
  const unsettled = useReplica((view) => view.unsettledOf('contactEntries', entry.id), [entry.id])
  const mayChange = entry.state === 'active' && entry.authorId === self.id && canRoleUse(self.role, 'contact/amend')
  const isVoided = entry.state === 'voided'
  return (
    <article
      className={classes.entry}
      aria-label={entry.subject}
      data-voided={isVoided || undefined}
      data-testid="timeline-entry"
      data-entry-id={entry.id}
      data-save-state={unsettled ?? ''}
    >
      <span className={classes.icon} title={tc(`channel.${entry.channel}`)} role="img" aria-label={tc(`channel.${entry.channel}`)}>
        {ICONS[entry.channel]}
      </span>
      <div>
        <div className={classes.headline}>
          <h3 className={classes.subject}>{entry.subject}</h3>
          <EntryTags entry={entry} />
          <SaveState state={unsettled} />
          {mayChange && editor === null && (
            // biome-ignore lint/a11y/useSemanticElements: buttons in a line
            <span className={classes.actions} role="group" aria-label={t('timeline.actions', { subject: entry.subject })}>
              <Button size="compact-xs" variant="subtle" color="gray" data-testid="entry-add-outcome" onClick={() => setEditor('outcome')}>
                {t('claims.add')}
              </Button>
              <Button size="compact-xs" variant="subtle" color="gray" data-testid="entry-amend" onClick={() => setEditor('amend')}>
                {t('timeline.amend')}
              </Button>
              <Button size="compact-xs" variant="subtle" color="gray" data-testid="entry-void" onClick={() => setEditor('void')}>
                {t('timeline.void')}
              </Button>
            </span>
          )}
        </div>
        <EntryMeta entry={entry} />
        {isVoided && entry.voidReason && <p className={classes.meta}>{t('timeline.voidReason', { reason: entry.voidReason })}</p>}
        {editor === 'amend' ? <AmendEntry entry={entry} onClose={() => setEditor(null)} /> : <EntryNote note={entry.note} />}
        {editor === 'outcome' && <AddOutcome entry={entry} selfId={self.id} onClose={() => setEditor(null)} />}
        {editor === 'void' && <VoidEntry entry={entry} onClose={() => setEditor(null)} />}
        <EntryParts entry={entry} />
        {entry.versions.length > 0 && <EntryVersions entry={entry} />}
      </div>
    </article>
  )
}

/** What is unusual about an entry. */
function EntryTags({ entry }: { readonly entry: ContactEntry }) {
  const { t } = useTranslation('households')
  const late = lateBy(entry)
  return (
    <>
      {entry.state === 'voided' && <Tag tone="grey">{t('timeline.voided')}</Tag>}
      {!entry.isReached && <Tag tone="grey">{t('timeline.notReached')}</Tag>}
      {entry.direction === 'inbound' && <Tag tone="grey">{t('timeline.clientBegan')}</Tag>}
      {entry.isConfidential && (
        <Tag tone="grey" icon={<IconLock />}>
          {t('timeline.confidential')}
        </Tag>
      )}
      {late && <Tag tone="amber">{t('timeline.late', { delay: t(`timeline.${late.unit}`, { count: late.count }) })}</Tag>}
    </>
  )
}

/** When, how long, why, where, with whom. */
function EntryMeta({ entry }: { readonly entry: ContactEntry }) {
  const { t } = useTranslation('households')
  const { t: tc } = useTranslation('contact')
  const format = useFormat()
  const clients = useReplica((view) => entry.personIds.flatMap((id) => view.find('persons', id)?.name ?? []), [entry])
  const colleagues = useReplica((view) => entry.colleagueIds.flatMap((id) => view.find('colleagues', id)?.name ?? []), [entry])
  const author = useReplica((view) => view.find('colleagues', entry.authorId)?.name ?? '', [entry])
  const initiative = useReplica((view) => (entry.initiativeId === null ? '' : view.find('initiatives', entry.initiativeId)?.name), [entry])
  const isAuthorThere = entry.colleagueIds.includes(entry.authorId)
  const parts = [
    format.instant(entry.occurredAtMs, entry.zone),
    entry.lengthMinutes > 0 && t('timeline.minutes', { count: entry.lengthMinutes }),
    tc(`purpose.${entry.purpose}`),
    entry.place,
    initiative,
    clients.join(', '),
    colleagues.join(', '),
    !isAuthorThere && t('timeline.by', { name: author }),
  ]
  return <p className={classes.meta}>{parts.filter(Boolean).join(' · ')}</p>
}
