import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../../ui/key-hint.tsx'
import classes from './decision.module.css'
import { type Decision, decisionKeys, decisions } from './decision-draft.ts'

const TEST_IDS = { confirm: 'case-confirm', partly: 'case-confirm-partly', reject: 'case-reject', return: 'case-return' } as const

/** The four decisions with their keys. Each stays pressable: what is missing is said when it is pressed. */
export function DecisionActions({ onAsk }: { readonly onAsk: (decision: Decision) => void }) {
  const { t } = useTranslation('verification')
  return (
    <div className={classes.actions}>
      {decisions.map((decision) => (
        <Button
          key={decision}
          variant={decision === 'confirm' ? 'filled' : 'default'}
          rightSection={<KeyHint keys={decisionKeys[decision].toUpperCase()} />}
          data-testid={TEST_IDS[decision]}
          onClick={() => onAsk(decision)}
        >
          {t(`decision.action.${decision}`)}
        </Button>
      ))}
    </div>
  )
}
