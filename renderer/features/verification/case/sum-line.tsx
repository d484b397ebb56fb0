import { useTranslation } from 'react-i18next'
import type { OutcomeClaim } from '../../../../shared/domain/outcome/outcome-claim.ts'
import { Money } from '../../../ui/money.tsx'
import { Tag, type TagTone } from '../../../ui/tag.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import classes from './decision.module.css'
import type { SumCheck, SumFit } from './evidence-choice.ts'

const TONES: Readonly<Record<SumFit, TagTone>> = { none: 'grey', exact: 'green', tolerance: 'greenOutline', short: 'amber' }

/** Live: what is chosen against what is claimed, with the tolerance. */
export function SumLine({ sum, claim }: { readonly sum: SumCheck; readonly claim: Pick<OutcomeClaim, 'claimedMinor' | 'currency'> }) {
  const { t } = useTranslation('verification')
  const format = useFormat()
  const { currency } = claim
  return (
    <div className={classes.sum} data-testid="case-sum" data-fit={sum.fit} aria-live="polite">
      <dl aria-label={t('sum.title')}>
        <Amount name={t('sum.chosen')} minor={sum.sumMinor} currency={currency} />
        <Amount name={t('sum.claimed')} minor={claim.claimedMinor} currency={currency} />
        <Amount name={t('sum.missing')} minor={sum.missingMinor} currency={currency} />
        <Amount name={t('sum.tolerance')} minor={sum.toleranceMinor} currency={currency} />
      </dl>
      <Tag tone={TONES[sum.fit]}>{t(`sum.fit.${sum.fit}`)}</Tag>
      {sum.fit === 'tolerance' && <p>{t('sum.counts', { amount: format.money(sum.sumMinor, currency) })}</p>}
      {sum.surplusMinor > 0 && <p>{t('sum.surplus', { amount: format.money(sum.surplusMinor, currency) })}</p>}
    </div>
  )
}

function Amount({ name, minor, currency }: { readonly name: string; readonly minor: number; readonly currency: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Money minor={minor} currency={currency} />
      </dd>
    </div>
  )
}
