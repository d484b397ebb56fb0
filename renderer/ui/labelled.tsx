import type { ReactNode } from 'react'
import classes from './labelled.module.css'

/** A label above what is not an input of its own. */
export function Labelled({ label, error, children }: { readonly label: string; readonly error?: string | undefined; readonly children: ReactNode }) {
  return (
    <div>
      <div className={classes.label}>{label}</div>
      {children}
      {error && (
        <p className={classes.problem} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
