import type { TFunction } from 'i18next'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseWhen } from '../../../shared/domain/contact/parse-when.ts'
import { localDateOf } from '../../../shared/lib/local-date.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { useClock } from '../../ui/use-clock.ts'
import { type BuildContext, buildLogArgs, type FormProblem, findProblems, type LogArgs } from './build-log-args.ts'
import { type CadenceWarning, findCadenceWarning, isReasonNeeded } from './cadence-warning.ts'
import type { ContactForm } from './contact-form.ts'
import type { FormPartProps } from './form-props.ts'
import { useColleagues, useHouseholdFacts } from './use-household-facts.ts'

interface ContactFormState {
  readonly part: FormPartProps
  readonly warning: CadenceWarning | null
  readonly occurredAtMs: number | null // what the typed time means; null = not understood
  readonly problemCount: number // 0 until the person has tried to save
  /** What to save; null where something has to be put right first, which then shows. */
  readonly submit: () => LogArgs | null
}

/** What a person types into the form, and what stands in its way. `onChange` hears every change, for the draft. */
export function useContactForm(initialForm: ContactForm, selfId: string, onChange: (form: ContactForm) => void): ContactFormState {
  const { t } = useTranslation('contact')
  const language = useLanguage()
  const { nowMs, zone } = useClock()
  const [form, setForm] = useState(initialForm)
  const [hasTried, setHasTried] = useState(false)
  const facts = useHouseholdFacts(form.householdId)
  const colleagues = useColleagues()
  const change = useCallback<FormPartProps['change']>((next) => setForm(next), [])
  useEffect(() => {
    if (form !== initialForm) onChange(form)
  }, [form, initialForm, onChange])

  const readAt = useCallback((atMs: number) => parseWhen(form.whenText, atMs, zone, language), [form.whenText, zone, language])
  const occurredAtMs = readAt(nowMs)
  const contactOn = localDateOf(occurredAtMs ?? nowMs, zone)
  const warning = useMemo(() => (facts ? findCadenceWarning(form, facts.household, facts.cadence, contactOn) : null), [form, facts, contactOn])
  const contextAt = (atMs: number): BuildContext => ({
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
  const submit = () => {
    const args = buildLogArgs(form, contextAt(Date.now()))
    if (hasTried === args.ok) setHasTried(!args.ok) // the same state again may still draw the form, and a save waits behind that
    return args.ok ? args.value : null
  }
  const part: FormPartProps = { form, change, facts, colleagues, selfId, problemAt: (field) => problemText(problems, field, t) }
  return { part, warning, occurredAtMs, problemCount: problems.length, submit }
}

function problemText(problems: readonly FormProblem[], field: string, t: TFunction<'contact'>): string | undefined {
  const found = problems.find((p) => p.field === field)
  return found && t(`problem.${found.code}`)
}
