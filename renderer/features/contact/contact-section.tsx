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
