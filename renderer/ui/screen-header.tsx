import type { ReactNode } from 'react'
import classes from './screen-header.module.css'
import { useFormat } from './use-format.ts'

interface ScreenHeaderProps {
  readonly title: string
  readonly count?: number
  readonly actions?: ReactNode
  readonly children?: ReactNode // filters, below the title
}

/** Title, count, filters and actions of a screen or list. */
export function ScreenHeader({ title, count, actions, children }: ScreenHeaderProps) {
  const format = useFormat()
  return (
    <header className={classes.header}>
      <div className={classes.line}>
        <h1 className={classes.title}>{title}</h1>
        {count !== undefined && <span className={classes.count}>{format.number(count)}</span>}
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {children && <div className={classes.tools}>{children}</div>}
    </header>
  )
}
