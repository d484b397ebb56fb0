import { TextInput } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import type { Result } from '../../../shared/lib/result.ts'
import { ErrorText } from '../../ui/error-text.tsx'
import { InlineForm } from '../../ui/inline-form.tsx'
import { PassphraseField } from '../../ui/passphrase-field.tsx'
import { useSaving } from '../../ui/use-saving.ts'
import classes from './settings.module.css'

export interface KeyField {
  readonly name: string
  readonly label: string
  readonly kind: 'present' | 'new' | 'open' // a passphrase that proves, one that is chosen, or what anybody may read
  /** What is wrong with it; null = nothing. Shown once the person has tried to save. */
  readonly problem?: (typed: Typed) => string | null
}

/** By the names of the fields. */
export type Typed = Readonly<Record<string, string>>

interface KeyFormProps {
  readonly name: 'passphrase' | 'recovery' // test ids: '<name>-form', '<name>-<field>'
  readonly label: string
  readonly fields: readonly KeyField[]
  readonly isDanger?: boolean
  readonly save: (typed: Typed) => Promise<Result<unknown, AppError>>
  readonly onDone: () => void
  readonly onCancel: () => void
  readonly children?: ReactNode // what the person has to know first
}

/** What opens this laptop is changed: the person proves who they are with the present passphrase, which no refusal leaves on the screen. */
export function KeyForm({ name, label, fields, isDanger = false, save, onDone, onCancel, children }: KeyFormProps) {
  const { t } = useTranslation('session')
  const [typed, setTyped] = useState<Typed>({})
  const [hasTried, setHasTried] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  const { isSaving, saveOnce } = useSaving()
  const form = useRef<HTMLDivElement>(null)
  const problemOf = ({ name: field, problem }: KeyField): string | null => ((typed[field] ?? '').trim() === '' ? t('signIn.missing') : (problem?.(typed) ?? null))
  const present = fields.find(({ kind }) => kind === 'present')?.name ?? ''
  const submit = async () => {
    setHasTried(true)
    const wrong = fields.find(problemOf)
    if (wrong) return focusOn(form.current, wrong.name)
    const saved = await save(typed)
    if (saved.ok) return onDone()
    setError(saved.error)
    setHasTried(false)
    setTyped({ ...typed, [present]: '' })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal is an object of its own, and comes after its field was emptied
  useEffect(() => {
    if (!error) return
    form.current?.closest('form')?.scrollIntoView({ block: 'nearest' })
    focusOn(form.current, error.code === 'session/wrong-passphrase' ? present : (fields[0]?.name ?? ''))
  }, [error])
  return (
    <InlineForm
      label={label}
      error={null}
      isSaving={isSaving}
      saveLabel={label}
      isDanger={isDanger}
      testId={`${name}-form`}
      onSave={() => void saveOnce(submit)}
      onCancel={onCancel}
    >
      {error && <ErrorText error={error} />}
      {children}
      <div ref={form} className={classes.fields}>
        {fields.map((field) => {
          const shared = { label: field.label, value: typed[field.name] ?? '', error: hasTried ? problemOf(field) : null }
          const onChange = (value: string) => setTyped((before) => ({ ...before, [field.name]: value }))
          const testId = `${name}-${field.name}`
          return (
            <div key={field.name} data-field={field.name}>
              {field.kind === 'open' ? (
                <TextInput
                  {...shared}
                  size="sm"
                  maxLength={40}
                  autoComplete="off"
                  spellCheck={false}
                  data-testid={testId}
                  onChange={(event) => onChange(event.currentTarget.value)}
                />
              ) : (
                <PassphraseField {...shared} size="sm" isNew={field.kind === 'new'} testId={testId} onChange={onChange} />
              )}
            </div>
          )
        })}
      </div>
    </InlineForm>
  )
}

const focusOn = (form: HTMLElement | null, field: string): void => form?.querySelector<HTMLElement>(`[data-field="${field}"] input`)?.focus()
