import { NumberInput, TextInput } from '@mantine/core'
import { IconMail, IconMailForward, IconPhone, IconUsers, IconVideo } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ChoiceBar } from '../../ui/choice-bar.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { type Channel, channels } from './contact-form.ts'
import { ContactSection } from './contact-section.tsx'
import type { FormPartProps } from './form-props.ts'
import classes from './log-contact.module.css'

const CHANNEL_ICONS: Readonly<Record<Channel, ReactNode>> = { phone: <IconPhone />, inPerson: <IconUsers />, video: <IconVideo />, email: <IconMail />, post: <IconMailForward /> }

interface HowFieldsProps extends FormPartProps {
  readonly occurredAtMs: number | null // what `whenText` means; null = not understood
}

/** Channel, who began it, when, how long, reached or not, and where. */
export function HowFields({ form, change, problemAt, occurredAtMs }: HowFieldsProps) {
  const { t } = useTranslation('contact')
  const format = useFormat()
  const whenUnclear = form.whenText !== '' && occurredAtMs === null ? t('problem.whenUnclear') : undefined
  return (
    <ContactSection title={t('section.how')}>
      <div className={classes.line}>
        <ChoiceBar
          label={t('field.channel')}
          choices={channels.map((value) => ({ value, label: t(`channel.${value}`), icon: CHANNEL_ICONS[value], testId: `log-channel-${value}` }))}
          value={form.channel}
          onChange={(channel) => change((f) => ({ ...f, channel }))}
        />
        <ChoiceBar
          label={t('field.direction')}
          choices={(['outbound', 'inbound'] as const).map((value) => ({ value, label: t(`direction.${value}`), testId: `log-direction-${value}` }))}
          value={form.direction}
          onChange={(direction) => change((f) => ({ ...f, direction }))}
        />
      </div>
      {problemAt('direction') && (
        <p className={classes.problem} role="alert">
          {problemAt('direction')}
        </p>
      )}
      <div className={classes.fieldRow}>
        <TextInput
          size="xs"
          label={t('field.when')}
          placeholder={t('field.whenPlaceholder')}
          value={form.whenText}
          description={form.whenText !== '' && occurredAtMs !== null ? format.instant(occurredAtMs) : undefined}
          error={problemAt('when') ?? whenUnclear}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data-testid="log-when"
          onChange={(event) => {
            const whenText = event.currentTarget.value
            change((f) => ({ ...f, whenText }))
          }}
        />
        <NumberInput
          size="xs"
          w={90}
          label={t('field.length')}
          value={form.lengthMinutes ?? ''}
          min={0}
          max={1440}
          step={5}
          allowDecimal={false}
          error={problemAt('length')}
          data-testid="log-length"
          onChange={(value) => change((f) => ({ ...f, lengthMinutes: typeof value === 'number' ? value : null }))}
        />
        <ChoiceBar
          label={t('field.reached')}
          choices={[
            { value: 'yes', label: t('field.reachedYes'), testId: 'log-reached-yes' },
            { value: 'no', label: t('field.reachedNo'), testId: 'log-reached-no' },
          ]}
          value={form.isReached ? 'yes' : 'no'}
          onChange={(value) => change((f) => ({ ...f, isReached: value === 'yes' }))}
        />
        {(form.channel === 'inPerson' || form.place !== '') && (
          <TextInput
            size="xs"
            label={t('field.place')}
            value={form.place}
            maxLength={200}
            onChange={(event) => {
              const place = event.currentTarget.value
              change((f) => ({ ...f, place }))
            }}
          />
        )}
      </div>
    </ContactSection>
  )
}
