import { useTranslation } from 'react-i18next'
import type { Initiative } from '../../../shared/domain/initiative/initiative.ts'
import { useFormat } from '../../ui/use-format.ts'

/** Writes the days of an initiative: '12 Dec' or '12 Dec – 14 Dec'. */
export function useDayRange(): (initiative: Pick<Initiative, 'fromOn' | 'toOn'>) => string {
  const { t } = useTranslation('initiatives')
  const format = useFormat()
  return ({ fromOn, toOn }) => (fromOn === toOn ? format.day(fromOn) : t('days', { from: format.day(fromOn), to: format.day(toOn) }))
}
