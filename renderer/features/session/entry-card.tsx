import type { FormEvent, ReactNode } from 'react'
import classes from './entry-card.module.css'

interface EntryCardProps {
  readonly title: string
  readonly hint: string
  readonly testId: string
  readonly onSubmit: () => void
  readonly foot?: ReactNode
  readonly children: ReactNode
}

/** The quiet page before the app: one form, nothing of anybody's data. */
export function EntryCard({ title, hint, testId, onSubmit, foot, children }: EntryCardProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <main className={classes.page} data-testid={testId}>
      <div className={classes.column}>
        <span className={classes.mark} aria-hidden />
        <form className={classes.form} noValidate onSubmit={submit}>
          <div>
            <h1 className={classes.title}>{title}</h1>
            {hint !== '' && <p className={classes.hint}>{hint}</p>}
          </div>
          {children}
        </form>
        {foot && <div className={classes.foot}>{foot}</div>}
      </div>
    </main>
  )
}
