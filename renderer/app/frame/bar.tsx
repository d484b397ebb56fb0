import { ActionIcon, UnstyledButton } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconArrowLeft, IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Colleague } from '../../../shared/domain/colleague/colleague.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { back, useCanGoBack } from '../navigation.ts'
import classes from './bar.module.css'
import { PersonMenu } from './person-menu.tsx'
import { SyncState } from './sync-state.tsx'
import { useWhere } from './use-where.ts'

function WhereAmI() {
  const { screen, thing } = useWhere()
  return (
    <div className={classes.where}>
      <span className={classes.screen}>{screen}</span>
      {thing && <span className={classes.thing}>{thing}</span>}
    </div>
  )
}

/** Where am I, the search for everything, what is saved and sent, and who am I. */
export function Bar({ colleague }: { readonly colleague: Colleague }) {
  const { t } = useTranslation()
  const canGoBack = useCanGoBack()
  return (
    <header className={classes.bar} data-screen-only>
      <div className={classes.left}>
        <ActionIcon className={classes.back ?? ''} aria-label={t('action.back')} disabled={!canGoBack} onClick={back}>
          <IconArrowLeft size={16} />
        </ActionIcon>
        <WhereAmI />
      </div>
      <UnstyledButton className={classes.search ?? ''} data-testid="open-spotlight" onClick={spotlight.open}>
        <IconSearch size={14} aria-hidden />
        <span className={classes.searchText}>{t('spotlight.open')}</span>
        <KeyHint keys="mod+K" />
      </UnstyledButton>
      <div className={classes.right}>
        <SyncState />
        <PersonMenu colleague={colleague} />
      </div>
    </header>
  )
}
