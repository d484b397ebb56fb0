import { IconHome } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { navigate, useRoute } from '../../app/navigation.ts'
import { useAppSelector } from '../../app/store.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ListPane } from '../../ui/list-pane.tsx'
import { HouseholdList } from './household-list.tsx'
import classes from './households-screen.module.css'
import { AddHousehold } from './page/add-household.tsx'
import { HouseholdPage } from './page/household-page.tsx'

/** Routes 'households', 'households/<id>' and 'households/new'. */
export function HouseholdsScreen() {
  const { t } = useTranslation('households')
  const { segments } = useRoute()
  const self = useAppSelector((state) => state.session.colleague)
  const pane = useRef<HTMLDivElement>(null)
  if (!self) return null
  const chosen = segments[1] ?? null
  const close = () => navigate('households')
  return (
    <div className={classes.screen} data-testid="households-screen">
      <ListPane
        list={<HouseholdList self={self} selectedId={chosen === 'new' ? null : chosen} onOpenPane={() => pane.current?.querySelector<HTMLElement>('button')?.focus()} />}
        pane={
          <div ref={pane} className={classes.pane}>
            {chosen === null && <EmptyState icon={<IconHome />} title={t('empty.paneTitle')} hint={t('empty.paneHint')} />}
            {chosen === 'new' && <AddHousehold self={self} onClose={close} />}
            {chosen !== null && chosen !== 'new' && <HouseholdPage key={chosen} householdId={chosen} self={self} />}
          </div>
        }
        isPaneOpen={chosen !== null}
        onClosePane={close}
      />
    </div>
  )
}
