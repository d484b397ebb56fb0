import type { ReactNode } from 'react'
import classes from './log-contact.module.css'

/** A group of fields; named for everyone, headed where its fields do not speak for themselves. */
export function ContactSection({ title, hasHeading = false, children }: { readonly title: string; readonly hasHeading?: boolean; readonly children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      {hasHeading && <h2 className={classes.heading}>{title}</h2>}
      {children}
    </section>
  )
}

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
