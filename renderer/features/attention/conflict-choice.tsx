import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Section } from '../../ui/section.tsx'
import classes from './attention.module.css'
import type { Conflict } from './conflict.ts'
import { useFieldLabel } from './use-field-label.ts'
import { useValueText } from './use-value-text.ts'

interface ConflictChoiceProps {
  readonly conflict: Conflict
  readonly currency: string | null
  readonly onKeepMine: () => void
  readonly onKeepTheirs: () => void
}

const isScalar = (value: unknown): value is string | number | boolean | null => value === null || ['string', 'number', 'boolean'].includes(typeof value)

/** Before, mine and theirs side by side, and the choice between the two. */
export function ConflictChoice({ conflict, currency, onKeepMine, onKeepTheirs }: ConflictChoiceProps) {
  const { t } = useTranslation('attention')
  const label = useFieldLabel()(conflict.field)
  const textOf = useValueText()
  const write = (value: unknown) => (isScalar(value) ? textOf(value, { name: conflict.field, currency, zone: null }) : JSON.stringify(value))
  return (
    <Section title={`${t('conflict.title')}: ${label}`} testId="attention-conflict">
      <div className={classes.values}>
        <div>
          <p className={classes.valueLabel}>{t('conflict.before')}</p>
          <p className={classes.value}>{write(conflict.before)}</p>
        </div>
        <div>
          <p className={classes.valueLabel}>{t('conflict.mine')}</p>
          <p className={classes.value}>{write(conflict.mine)}</p>
          <Button data-testid="attention-keep-mine" onClick={onKeepMine}>
            {t('conflict.keepMine')}
          </Button>
        </div>
        <div>
          <p className={classes.valueLabel}>{t('conflict.theirs')}</p>
          <p className={classes.value}>{write(conflict.theirs)}</p>
          <Button variant="default" data-testid="attention-keep-theirs" onClick={onKeepTheirs}>
            {t('conflict.keepTheirs')}
          </Button>
        </div>
      </div>
    </Section>
  )
}
