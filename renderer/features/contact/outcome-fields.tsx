import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { v7 as newId } from 'uuid'
import { creditableOf, creditedFirst } from '../../outcome/credit-choices.ts'
import type { OutcomeForm } from '../../outcome/outcome-form.ts'
import { OutcomeInputs } from '../../outcome/outcome-inputs.tsx'
import { OutcomeKindBar } from '../../outcome/outcome-kind-bar.tsx'
import { addOutcome, changeOutcome } from './contact-form.ts'
import { ContactSection } from './contact-section.tsx'
import type { FormPartProps } from './form-props.ts'
import classes from './log-contact.module.css'

interface OutcomeCardProps extends FormPartProps {
  readonly outcome: OutcomeForm
  readonly number: number
  readonly creditableIds: readonly string[]
}

/** What came of the contact: any number of deposits, pledges and mandates. */
export function OutcomeFields(props: FormPartProps) {
  const { form, change, facts, colleagues, selfId } = props
  const { t } = useTranslation('contact')
  const creditableIds = creditableOf(facts?.coveringIds ?? [], (id) => colleagues.byId.get(id))
  const add = () => change((f) => addOutcome(f, newId(), creditedFirst(creditableIds, selfId), facts?.household.currency ?? 'EUR', facts?.accounts ?? []))
  return (
    <ContactSection title={t('section.outcomes')} hasHeading>
      {form.outcomes.map((outcome, index) => (
        <OutcomeCard key={outcome.id} {...props} outcome={outcome} number={index + 1} creditableIds={creditableIds} />
      ))}
      {form.outcomes.length > 0 && <p className={classes.quiet}>{t('outcome.explain')}</p>}
      <Button variant="default" w="fit-content" leftSection={<IconPlus size={14} />} disabled={facts === null} data-testid="log-add-outcome" onClick={add}>
        {t('outcome.add')}
      </Button>
    </ContactSection>
  )
}

function OutcomeCard({ outcome, number, creditableIds, change, facts, colleagues, problemAt }: OutcomeCardProps) {
  const { t } = useTranslation('contact')
  const set = (part: Partial<OutcomeForm>) => change((f) => changeOutcome(f, outcome.id, part))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would add a frame
    <div className={classes.outcome} role="group" aria-label={t('outcome.number', { number })} data-testid="log-outcome">
      <div className={classes.line}>
        <OutcomeKindBar kind={outcome.kind} onChange={(kind) => set({ kind })} />
        <ActionIcon
          className={classes.end ?? ''}
          aria-label={t('outcome.remove')}
          onClick={() => change((f) => ({ ...f, outcomes: f.outcomes.filter((o) => o.id !== outcome.id) }))}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </div>
      <OutcomeInputs
        outcome={outcome}
        onChange={set}
        accounts={facts?.accounts ?? null}
        creditableIds={creditableIds}
        nameOf={(id) => colleagues.byId.get(id)?.name ?? id}
        problemAt={(field) => problemAt(`outcomes.${outcome.id}.${field}`)}
      />
    </div>
  )
}
