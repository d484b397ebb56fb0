import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNavigate } from '../../../app/navigation.ts'
import { useAttention } from '../../../db/use-replica.ts'
import { ErrorText } from '../../../ui/error-text.tsx'
import classes from './case.module.css'

/** Decisions on this claim that the server refused; they wait under "Needs attention". */
export function RefusedDecisions({ claimId }: { readonly claimId: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const refused = useAttention().filter((item) => item.name.startsWith('verification/') && (item.args as { readonly id?: unknown } | null)?.id === claimId)
  if (refused.length === 0) return null
  return (
    <div className={classes.refused}>
      {refused.map((item) => item.error && <ErrorText key={item.id} error={item.error} />)}
      <Anchor component="button" type="button" size="sm" onClick={() => navigate('attention')}>
        {t('nav.attention')}
      </Anchor>
    </div>
  )
}
