import { IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './callout.module.css'

interface NoticeProps {
  readonly tone: 'blue' | 'grey' | 'amber'
  readonly testId?: string
  readonly children: ReactNode
}

/** What a person has to know, and nothing is wrong. */
export function Notice({ tone, testId, children }: NoticeProps) {
  return (
    <div className={classes.callout} role="status" data-tone={tone} data-testid={testId}>
      <IconInfoCircle size={16} aria-hidden className={classes.icon} />
      <p>{children}</p>
    </div>
  )
}
