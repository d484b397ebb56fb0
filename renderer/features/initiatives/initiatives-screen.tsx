import { IconFlag } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { canRoleUse } from '../../../shared/domain/access/role-commands.ts'
import { navigate, useRoute } from '../../app/navigation.ts'
import { useAppSelector } from '../../app/store.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ListPane } from '../../ui/list-pane.tsx'
import { AddInitiative } from './add-initiative.tsx'
import { InitiativeList } from './initiative-list.tsx'
import { InitiativePane } from './initiative-pane.tsx'
import classes from './initiatives.module.css'

/** Routes 'initiatives', 'initiatives/<id>' and 'initiatives/new'. */
export function InitiativesScreen() {
  const { t } = useTranslation('initiatives')
  const { segments } = useRoute()
  const self = useAppSelector((state) => state.session.colleague)
  const pane = useRef<HTMLDivElement>(null)
  if (!self) return null
  const chosen = segments[1] ?? null
  const isAdding = chosen === 'new' && canRoleUse(self.role, 'initiative/add')
  const seesEntries = canRoleUse(self.role, 'contact/log') || self.role === 'compliance'
  const close = () => navigate('initiatives')
  return (
    <div className={classes.screen} data-testid="initiatives-screen">
      <ListPane
        list={
          <InitiativeList
            self={self}
            seesEntries={seesEntries}
            selectedId={chosen}
            onOpenPane={() => pane.current?.querySelector<HTMLElement>('[tabindex="0"], button')?.focus()}
          />
        }
        pane={
          <div ref={pane} className={classes.paneFrame}>
            {chosen === null && <EmptyState icon={<IconFlag />} title={t('empty.paneTitle')} hint={t('empty.paneHint')} />}
            {isAdding && <AddInitiative self={self} onClose={close} />}
            {chosen !== null && !isAdding && <InitiativePane key={chosen} id={chosen} seesEntries={seesEntries} />}
          </div>
        }
        isPaneOpen={chosen !== null}
        onClosePane={close}
      />
    </div>
  )
}
