import type { ReactNode } from 'react'
import classes from './empty-state.module.css'

interface EmptyStateProps {
  readonly icon?: ReactNode
  readonly title: string
  readonly hint?: string
  readonly action?: ReactNode
  readonly isCompact?: boolean // inside a section, instead of filling a pane
}

/** Says what belongs here and offers the first step. */
export function EmptyState({ icon, title, hint, action, isCompact = false }: EmptyStateProps) {
  return (
    <div className={classes.empty} data-compact={isCompact || undefined}>
      {icon && (
        <span className={classes.icon} aria-hidden>
          {icon}
        </span>
      )}
      <div>
        <p className={classes.title}>{title}</p>
        {hint && <p className={classes.hint}>{hint}</p>}
      </div>
      {action && <div className={classes.action}>{action}</div>}
    </div>
  )
}
