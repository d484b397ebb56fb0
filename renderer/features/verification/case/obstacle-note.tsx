import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './decision.module.css'
import type { DecisionObstacle } from './decision-right.ts'

/** Why the reader takes no decision here, where the buttons would be. */
export function ObstacleNote({ obstacle }: { readonly obstacle: DecisionObstacle }) {
  const { t } = useTranslation('verification')
  return (
    <p className={classes.obstacleNote} data-testid="case-obstacle" data-obstacle={obstacle}>
      <IconInfoCircle size={16} aria-hidden /> {t(`decision.obstacle.${obstacle}`)}
    </p>
  )
}
