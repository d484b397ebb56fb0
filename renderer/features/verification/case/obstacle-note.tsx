import { useTranslation } from 'react-i18next'
import { Notice } from '../../../ui/notice.tsx'
import classes from './decision.module.css'
import type { DecisionObstacle } from './decision-right.ts'

/** Why the reader takes no decision here, where the buttons would be. */
export function ObstacleNote({ obstacle }: { readonly obstacle: DecisionObstacle }) {
  const { t } = useTranslation('verification')
  return (
    <div className={classes.obstacle} data-testid="case-obstacle" data-obstacle={obstacle}>
      <Notice tone="grey">{t(`decision.obstacle.${obstacle}`)}</Notice>
    </div>
  )
}
