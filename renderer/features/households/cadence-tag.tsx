import { useTranslation } from 'react-i18next'
import type { Cadence } from '../../../shared/domain/cadence/cadence.ts'
import { Tag, type TagTone } from '../../ui/tag.tsx'
import { useFormat } from '../../ui/use-format.ts'

const TONES: Readonly<Record<Exclude<Cadence['state'], 'onTrack'>, TagTone>> = { due: 'amber', overdue: 'red', nearLimit: 'violetOutline', overLimit: 'violet', quiet: 'grey' }

/** A household's cadence in a word; on track is normal and therefore silent. */
export function CadenceTag({ cadence, isLong = false }: { readonly cadence: Cadence; readonly isLong?: boolean }) {
  const { t } = useTranslation('households')
  const format = useFormat()
  if (cadence.state === 'onTrack') return null
  const isDated = isLong && cadence.state === 'quiet' && cadence.quietUntil !== undefined
  const quietText = cadence.quietUntil ? t('quietUntil', { day: format.day(cadence.quietUntil) }) : t('quietOpen')
  return <Tag tone={TONES[cadence.state]}>{isDated ? quietText : t(`cadence.${cadence.state}`)}</Tag>
}
