import { IconAlertTriangle, IconCheck, IconDeviceLaptop } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Tag } from './tag.tsx'

const LOOK = {
  saved: { tone: 'blueOutline', icon: <IconDeviceLaptop /> },
  applied: { tone: 'blue', icon: <IconCheck /> },
  refused: { tone: 'red', icon: <IconAlertTriangle /> },
} as const

/** Where a record's newest change stands. null = the server has confirmed it, which is normal and therefore silent. */
export function SaveState({ state }: { readonly state: 'saved' | 'applied' | 'refused' | null }) {
  const { t } = useTranslation()
  if (state === null) return null
  return (
    <Tag tone={LOOK[state].tone} icon={LOOK[state].icon} title={t(`saveStateHint.${state}`)}>
      {t(`saveState.${state}`)}
    </Tag>
  )
}
