import { NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Labelled } from '../ui/labelled.tsx'
import { ToggleChips } from '../ui/toggle-chips.tsx'
import { useFormat } from '../ui/use-format.ts'
import { type CreditShare, setShare, splitSumBp, toggleShare } from './credit-split.ts'
import classes from './outcome-inputs.module.css'

interface CreditSplitFieldsProps {
  readonly split: readonly CreditShare[]
  readonly onChange: (split: readonly CreditShare[]) => void
  readonly candidates: readonly string[] // colleagues who cover the household
  readonly nameOf: (colleagueId: string) => string
  readonly error: string | undefined
}

/** Who gets credit for an outcome: alone without further ado, with others in shares that make a whole. */
export function CreditSplitFields({ split, onChange, candidates, nameOf, error }: CreditSplitFieldsProps) {
  const { t } = useTranslation('contact')
  const format = useFormat()
  const ids = [...new Set([...split.map((s) => s.colleagueId), ...candidates])]
  const sum = splitSumBp(split)
  return (
    <Labelled label={t('outcome.split')} error={error}>
      <ToggleChips
        label={t('outcome.split')}
        chips={ids.map((id) => ({ value: id, label: nameOf(id), testId: 'log-outcome-share' }))}
        values={split.map((s) => s.colleagueId)}
        onToggle={(id) => onChange(toggleShare(split, id))}
      />
      {split.length > 1 && (
        <div className={classes.shares}>
          {split.map((share) => (
            <div key={share.colleagueId} className={classes.share}>
              <span className={classes.shareName}>{nameOf(share.colleagueId)}</span>
              <NumberInput
                size="xs"
                w={84}
                aria-label={t('outcome.share', { name: nameOf(share.colleagueId) })}
                value={share.shareBp / 100}
                min={0}
                max={100}
                decimalScale={2}
                decimalSeparator={format.shareSigns.decimal}
                suffix={format.shareSigns.suffix}
                onChange={(value) => typeof value === 'number' && onChange(setShare(split, share.colleagueId, value * 100))}
              />
            </div>
          ))}
          <p className={sum === 10_000 ? classes.quiet : classes.problem}>{t('outcome.splitSum', { sum: format.share(sum) })}</p>
        </div>
      )}
    </Labelled>
  )
}
