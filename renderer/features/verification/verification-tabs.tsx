import { useTranslation } from 'react-i18next'
import { useNavigate } from '../../app/navigation.ts'
import { FilterChips } from '../../ui/filter-chips.tsx'

/** Switches between the cases and the statement files. */
export function VerificationTabs({ current }: { readonly current: 'queue' | 'feeds' }) {
  const { t } = useTranslation('verification')
  const navigate = useNavigate()
  const options = [
    { value: 'queue', label: t('tab.queue'), testId: 'queue-tab' },
    { value: 'feeds', label: t('tab.feeds'), testId: 'feeds-tab' },
  ] as const
  return <FilterChips label={t('tab.label')} value={current} options={options} onChange={(tab) => navigate(tab === 'feeds' ? 'verification/feeds' : 'verification')} />
}
