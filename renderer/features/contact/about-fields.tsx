import { NativeSelect, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useReplica } from '../../db/use-replica.ts'
import { choosePurpose, type Purpose, purposes } from './contact-form.ts'
import { ContactSection } from './contact-section.tsx'
import type { FormPartProps } from './form-props.ts'
import classes from './log-contact.module.css'
import { purposeTexts } from './purpose-texts.ts'

/** Purpose, subject, note, initiative, confidentiality. */
export function AboutFields({ form, change, problemAt }: FormPartProps) {
  const { t } = useTranslation('contact')
  const initiatives = useReplica((view) => view.list('initiatives'), [])
  return (
    <ContactSection title={t('section.about')}>
      <div className={classes.fieldRow}>
        <NativeSelect
          size="xs"
          w={150}
          label={t('field.purpose')}
          data={purposes.map((value) => ({ value, label: t(`purpose.${value}`) }))}
          value={form.purpose}
          data-testid="log-purpose"
          onChange={(event) => {
            const purpose = event.currentTarget.value as Purpose
            change((f) => choosePurpose(f, purpose, purposeTexts(purpose, t)))
          }}
        />
        <TextInput
          size="xs"
          className={classes.grow ?? ''}
          label={t('field.subject')}
          value={form.subject}
          maxLength={200}
          error={problemAt('subject')}
          data-testid="log-subject"
          onFocus={(event) => !form.isSubjectOwn && event.currentTarget.select()}
          onChange={(event) => {
            const subject = event.currentTarget.value
            change((f) => ({ ...f, subject, isSubjectOwn: true }))
          }}
        />
      </div>
      <Textarea
        size="xs"
        label={t('field.note')}
        placeholder={t('field.notePlaceholder')}
        value={form.note}
        autosize
        minRows={5}
        maxRows={14}
        maxLength={19_000}
        data-testid="log-note"
        onChange={(event) => {
          const note = event.currentTarget.value
          change((f) => ({ ...f, note, isNoteOwn: true }))
        }}
      />
      <div className={classes.fieldRow}>
        {initiatives.length > 0 && (
          <Select
            size="xs"
            w={260}
            clearable
            searchable
            label={t('field.initiative')}
            data={initiatives.map((i) => ({ value: i.id, label: i.name }))}
            value={form.initiativeId}
            data-testid="log-initiative"
            onChange={(initiativeId) => change((f) => ({ ...f, initiativeId }))}
          />
        )}
        <Switch
          size="sm"
          className={classes.switch ?? ''}
          label={t('field.confidential')}
          description={form.isConfidential ? t('field.confidentialHint') : undefined}
          checked={form.isConfidential}
          data-testid="log-confidential"
          onChange={(event) => {
            const isConfidential = event.currentTarget.checked
            change((f) => ({ ...f, isConfidential }))
          }}
        />
      </div>
    </ContactSection>
  )
}
