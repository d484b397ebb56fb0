import { useTranslation } from 'react-i18next'
import { useReplica } from '../../db/use-replica.ts'
import { useRoute } from '../navigation.ts'
import { navNameOf } from './nav-items.ts'

/** Where the person is: the screen, and the name of the household or initiative that is open on it. */
export function useWhere(): { readonly screen: string; readonly thing: string | null } {
  const { t } = useTranslation()
  const { segments } = useRoute()
  const id = segments.find((segment) => segment.length === 36) ?? ''
  const thing = useReplica(
    (view) => {
      const householdId = view.find('outcomeClaims', id)?.householdId ?? id
      return view.find('households', householdId)?.name ?? view.find('initiatives', id)?.name ?? null
    },
    [id],
  )
  return { screen: t(`nav.${navNameOf(segments[0] ?? '')}`), thing }
}
