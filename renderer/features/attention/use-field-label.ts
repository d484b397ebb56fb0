import { useTranslation } from 'react-i18next'
import type { attention } from '../../i18n/locales/en/attention.ts'

/** The label of a stored field; one that has none shows its own name, so that nothing typed is hidden. */
export function useFieldLabel(): (name: string) => string {
  const { t, i18n } = useTranslation('attention')
  return (name) => (i18n.exists(`attention:field.${name}`) ? t(`field.${name as keyof (typeof attention)['field']}`) : name)
}
