import { Button } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseWhen } from '../../../shared/domain/contact/parse-when.ts'
import { localDateOf } from '../../../shared/lib/local-date.ts'
import { back } from '../../app/navigation.ts'
import { currentReplica } from '../../db/current-replica.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { ErrorText } from '../../ui/error-text.tsx'
import { InstantText } from '../../ui/instant-text.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { ScreenHeader } from '../../ui/screen-header.tsx'
import { useScreenKeys } from '../../ui/screen-keys.ts'
import { useClock } from '../../ui/use-clock.ts'
import { AboutFields } from './about-fields.tsx'
import { buildLogArgs, type FormProblem, findProblems } from './build-log-args.ts'
import { findCadenceWarning, isReasonNeeded } from './cadence-warning.ts'
import type { ContactForm } from './contact-form.ts'
import { FollowUpFields } from './follow-up-fields.tsx'
import type { FormPartProps } from './form-props.ts'
import { HowFields } from './how-fields.tsx'
import classes from './log-contact.module.css'
import { OutcomeFields } from './outcome-fields.tsx'
import { QuickEntryBar } from './quick-entry-bar.tsx'
import { useFormKeys } from './use-form-keys.ts'
import { useColleagues, useHouseholdFacts, useHouseholdFilter } from './use-household-facts.ts'
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
  const language = useLanguage()
  const { nowMs, zone } = useClock()
  const [form, setForm] = useState(initialForm)
  const [hasTried, setHasTried] = useState(false)
  const facts = useHouseholdFacts(form.householdId)
  const colleagues = useColleagues()
  const { options, filter } = useHouseholdFilter(selfId)
  const { isSaving, error, save } = useSaveContact(resentId, onSaved)
  const foot = useRef<HTMLDivElement>(null)

  const change = useCallback<FormPartProps['change']>((next) => setForm(next), [])
  useEffect(() => {
    if (form !== initialForm) onChange(form)
  }, [form, initialForm, onChange])

  const readAt = useCallback((atMs: number) => parseWhen(form.whenText, atMs, zone, language), [form.whenText, zone, language])
  const occurredAtMs = readAt(nowMs)
  const warning = useMemo(
    () => (facts ? findCadenceWarning(form, facts.household, facts.cadence, localDateOf(occurredAtMs ?? nowMs, zone)) : null),
    [form, facts, occurredAtMs, nowMs, zone],
  )
  const contextAt = (atMs: number) => ({
    nowMs: atMs,
    zone,
    accounts: facts?.accounts ?? [],
    occurredAtMs: readAt(atMs),
    isQuiet: warning?.kind === 'quiet',
    isCovered: facts === null || facts.coveringIds.includes(selfId),
    isLimitReasonNeeded: isReasonNeeded(warning),
    limitReasonLabel: t('cadence.reasonInNote'),
  })
  const problems = hasTried ? findProblems(form, contextAt(nowMs)) : []
  const problemAt = (field: string) => problemText(problems, field, t)

  const onSave = () => {
    const args = buildLogArgs(form, contextAt(Date.now()))
    setHasTried(!args.ok)
    if (args.ok) void save(args.value)
    else requestAnimationFrame(() => foot.current?.parentElement?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
  }
  useFormKeys({ onSave, onLeave: back, onChannel: (channel) => change((f) => ({ ...f, channel })) })

  useScreenKeys([
    { keys: 'mod+enter', label: t('keys.save') },
    { keys: 'Alt+1', label: t('keys.channel') },
    { keys: 'Escape', label: t('keys.leave') },
  ])

  const part: FormPartProps = { form, change, facts, colleagues, selfId, problemAt }
  return (
    <div className={classes.screen} data-testid="log-contact-screen">
      <ScreenHeader
        title={title}
        actions={
          draftAtMs !== null && (
            <>
              <span className={classes.draft}>
                {t('draftFrom')} <InstantText atMs={draftAtMs} isRelative />
              </span>
              <Button variant="subtle" color="gray" data-testid="log-discard-draft" onClick={onDiscard}>
                {t('discardDraft')}
              </Button>
            </>
          )
        }
      />
      {hint && <p className={classes.hint}>{hint}</p>}
      {resentId === null && <QuickEntryBar form={form} change={change} facts={facts} selfId={selfId} options={options} />}
      <div className={classes.body}>
        <div className={classes.columns}>
          <div className={classes.column}>
            <WhoFields {...part} filter={filter} warning={warning} findHousehold={(id) => currentReplica().find('households', id)} hasFocus={form.householdId === null} />
            <HowFields {...part} occurredAtMs={occurredAtMs} />
            <AboutFields {...part} />
          </div>
          <div className={classes.column}>
            <FollowUpFields {...part} />
            <OutcomeFields {...part} />
          </div>
        </div>
      </div>
      <div className={classes.foot} ref={foot}>
        <div className={classes.footText}>
          {error && <ErrorText error={error} testId="log-error" />}
          {!error && problems.length > 0 && (
            <p className={classes.problem} role="alert" data-testid="log-error">
              {t('problem.summary', { count: problems.length })}
            </p>
          )}
        </div>
        <KeyHint keys="mod+enter" />
        <Button size="sm" loading={isSaving} data-testid="log-save" onClick={onSave}>
          {t('save')}
        </Button>
      </div>
    </div>
  )
}

function problemText(problems: readonly FormProblem[], field: string, t: TFunction<'contact'>): string | undefined {
  const found = problems.find((p) => p.field === field)
  return found && t(`problem.${found.code}`)
}
