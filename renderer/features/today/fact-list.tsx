import { UnstyledButton } from '@mantine/core'
import { useFormat } from '../../ui/use-format.ts'
import classes from './today.module.css'

export interface Fact {
  readonly label: string
  readonly count: number
  readonly path?: string // where the count opens
}

/** Figures with their words; those that lead somewhere open it. */
export function FactList({ facts, onOpen }: { readonly facts: readonly Fact[]; readonly onOpen: (path: string) => void }) {
  const format = useFormat()
  return (
    <ul className={classes.list}>
      {facts.map((fact) => {
        const { path } = fact
        const content = (
          <>
            <span>{fact.label}</span>
            <span className={classes.figure}>{format.number(fact.count)}</span>
          </>
        )
        return (
          <li key={fact.label}>
            {path === undefined ? (
              <div className={classes.fact}>{content}</div>
            ) : (
              <UnstyledButton className={classes.fact ?? ''} data-link onClick={() => onOpen(path)}>
                {content}
              </UnstyledButton>
            )}
          </li>
        )
      })}
    </ul>
  )
}
