import { ActionIcon } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowLeft } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './list-pane.module.css'

interface ListPaneProps {
  readonly list: ReactNode
  readonly pane: ReactNode
  readonly isPaneOpen: boolean
  readonly onClosePane: () => void
  readonly isListPrinted?: boolean // on paper always the list; otherwise the chosen thing, and the list where none is chosen
}

/** List and chosen thing: side by side from 1,100 px, below that the one after the other. The list keeps its place while hidden. */
export function ListPane({ list, pane, isPaneOpen, onClosePane, isListPrinted = false }: ListPaneProps) {
  const { t } = useTranslation()
  const isWide = useMediaQuery('(min-width: 1100px)', true, { getInitialValueInEffect: false })
  return (
    <div className={classes.split} data-wide={isWide || undefined} data-printed={isPaneOpen && !isListPrinted ? 'pane' : 'list'}>
      <div className={classes.list} hidden={!isWide && isPaneOpen}>
        {list}
      </div>
      {(isWide || isPaneOpen) && (
        <div className={classes.pane}>
          {!isWide && (
            <div className={classes.back}>
              <ActionIcon aria-label={t('action.back')} onClick={onClosePane}>
                <IconArrowLeft size={18} />
              </ActionIcon>
            </div>
          )}
          {pane}
        </div>
      )}
    </div>
  )
}
