import type { ReactNode } from 'react'
import classes from './tag.module.css'

export type TagTone = 'grey' | 'blueOutline' | 'blue' | 'green' | 'greenOutline' | 'amber' | 'red' | 'redOutline' | 'violet' | 'violetOutline'

interface TagProps {
  readonly tone: TagTone
  readonly icon?: ReactNode // 14 px; decoration only, the word carries the meaning
  readonly title?: string
  readonly children: ReactNode
}

/** A state in one word. Its colour repeats what the word says. */
export function Tag({ tone, icon, title, children }: TagProps) {
  return (
    <span className={classes.tag} data-tone={tone} title={title}>
      {icon && (
        <span className={classes.icon} aria-hidden>
          {icon}
        </span>
      )}
      {children}
    </span>
  )
}
