import { useTranslation } from 'react-i18next'
import { ClaimStateTag } from '../../../ui/claim-state-tag.tsx'
import { Money } from '../../../ui/money.tsx'
import { SaveState } from '../../../ui/save-state.tsx'
import classes from './case.module.css'
import type { CaseRows } from './use-case.ts'

/** Whose money, how much, where it stands. */
export function CaseHead({ rows: { claim, householdName, unsettled } }: { readonly rows: CaseRows }) {
  const { t } = useTranslation('verification')
  return (
    <header className={classes.head}>
      <h2 className={classes.title}>
        {householdName} <span className={classes.quiet}>· {t(`kind.${claim.kind}`)}</span>
      </h2>
      <div className={classes.headLine}>
        <span className={classes.figure}>
          <Money minor={claim.claimedMinor} currency={claim.currency} />
        </span>
        <ClaimStateTag state={claim.state} />
        <SaveState state={unsettled} />
      </div>
    </header>
  )
}
