import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Section } from '../../ui/section.tsx'
import classes from './attention.module.css'
import type { Conflict } from './conflict.ts'
import { FieldList } from './field-list.tsx'
import { readInput } from './input-fields.ts'
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
  const write = (value: unknown) => {
    if (isScalar(value)) return <p className={classes.value}>{textOf(value, { name: conflict.field, currency, zone: null })}</p>
    const groups = readInput({ [conflict.field]: value }, currency).filter(({ fields }) => fields.length > 0)
    return <div className={classes.value}>{groups.length === 0 ? t('empty') : <FieldList groups={groups} />}</div>
  }
  return (
    <Section title={`${t('conflict.title')}: ${label}`} testId="attention-conflict">
      <div className={classes.values}>
        <div>
          <p className={classes.valueLabel}>{t('conflict.before')}</p>
          {write(conflict.before)}
        </div>
        <div>
          <p className={classes.valueLabel}>{t('conflict.mine')}</p>
          {write(conflict.mine)}
          <Button data-testid="attention-keep-mine" onClick={onKeepMine}>
            {t('conflict.keepMine')}
          </Button>
        </div>
        <div>
          <p className={classes.valueLabel}>{t('conflict.theirs')}</p>
          {write(conflict.theirs)}
          <Button variant="default" data-testid="attention-keep-theirs" onClick={onKeepTheirs}>
            {t('conflict.keepTheirs')}
          </Button>
        </div>
      </div>
    </Section>
  )
}
