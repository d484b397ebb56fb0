import { type ReactNode, useId } from 'react'
import classes from './section.module.css'
import { useFormat } from './use-format.ts'

interface SectionProps {
  readonly title: string
  readonly count?: number
  readonly actions?: ReactNode
  readonly children: ReactNode
  readonly testId?: string
}

/** A titled part of a screen, set off by a hairline. */
export function Section({ title, count, actions, children, testId }: SectionProps) {
  const titleId = useId()
  const format = useFormat()
  return (
    <section className={classes.section} aria-labelledby={titleId} data-testid={testId}>
      <header className={classes.head}>
        <h2 id={titleId} className={classes.title}>
          {title}
          {count !== undefined && <span className={classes.count}> {format.number(count)}</span>}
        </h2>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  )
}
