import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { back } from '../../app/navigation.ts'
import { currentReplica } from '../../db/current-replica.ts'
import { ScreenHeader } from '../../ui/screen-header.tsx'
import { useScreenKeys } from '../../ui/screen-keys.ts'
import { focusUnclear } from '../../ui/unclear-field.ts'
import { AboutFields } from './about-fields.tsx'
import { type ContactForm, chooseHousehold } from './contact-form.ts'
import { DraftTools, SaveBar } from './contact-form-parts.tsx'
import { FollowUpFields } from './follow-up-fields.tsx'
import type { AskedHousehold } from './household-picker.tsx'
import { HowFields } from './how-fields.tsx'
import classes from './log-contact.module.css'
import { OutcomeFields } from './outcome-fields.tsx'
import { QuickEntryBar } from './quick-entry-bar.tsx'
import { useContactForm } from './use-contact-form.ts'
import { useFormKeys } from './use-form-keys.ts'
import { useHouseholdFilter } from './use-household-facts.ts'
import { useSaveContact } from './use-save-contact.ts'
import { WhoFields } from './who-fields.tsx'

interface ContactFormViewProps {
  readonly title: string
  readonly hint: string | null
  readonly initialForm: ContactForm
  readonly draftAtMs: number | null // null = not from a draft
  readonly selfId: string
  readonly resentId: string | null
  readonly onChange: (form: ContactForm) => void // every change, for the draft
  readonly onSaved: () => void
  readonly onDiscard: () => void
}

/** The form itself; its parts stand in the order in which a contact is told. */
export function ContactFormView({ title, hint, initialForm, draftAtMs, selfId, resentId, onChange, onSaved, onDiscard }: ContactFormViewProps) {
  const { t } = useTranslation('contact')
  const { part, warning, occurredAtMs, problemCount, submit } = useContactForm(initialForm, selfId, onChange)
  const { options, filter } = useHouseholdFilter(selfId)
  const { isSaving, error, save } = useSaveContact(resentId, onSaved)
  const [asked, setAsked] = useState<AskedHousehold | null>(resentId !== null && initialForm.householdId === null ? { query: '' } : null)
  const screen = useRef<HTMLDivElement>(null)
  const { change } = part

  const onHousehold = (id: string) => {
    const replica = currentReplica()
    const household = replica.find('households', id)
    const accounts = replica.listByHousehold('accounts', id).filter((a) => a.closedOn === null)
    if (household) change((f) => chooseHousehold(f, household, accounts))
  }
  const onSave = () => {
    if (focusUnclear(screen.current)) return
    const args = submit()
    if (args) void save(args)
    else requestAnimationFrame(() => screen.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
  }
  useFormKeys({ onSave, onLeave: back, onChannel: (channel) => change((f) => ({ ...f, channel })) })
  useScreenKeys([
    { keys: 'mod+enter', label: t('keys.save') },
    { keys: 'Alt+1', label: t('keys.channel') },
    { keys: 'Escape', label: t('keys.leave') },
  ])

  return (
    <div className={classes.screen} ref={screen} data-testid="log-contact-screen">
      <ScreenHeader title={title} actions={draftAtMs !== null && <DraftTools draftAtMs={draftAtMs} onDiscard={onDiscard} />} />
      {hint && <p className={classes.hint}>{hint}</p>}
      {resentId === null && <QuickEntryBar {...part} options={options} onUnclear={(query) => setAsked({ query })} />}
      <div className={classes.body}>
        <div className={classes.columns}>
          <div className={classes.column}>
            <WhoFields {...part} filter={filter} warning={warning} onHousehold={onHousehold} asked={asked} />
            <HowFields {...part} occurredAtMs={occurredAtMs} />
            <AboutFields {...part} />
          </div>
          <div className={classes.column}>
            <FollowUpFields {...part} />
            <OutcomeFields {...part} />
          </div>
        </div>
      </div>
      <SaveBar error={error} problemCount={problemCount} isSaving={isSaving} onSave={onSave} />
    </div>
  )
}
