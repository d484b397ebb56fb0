import { Checkbox, NumberInput, Textarea, TextInput } from '@mantine/core'
import { AmountInput } from '../../ui/amount-input.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import classes from './attention.module.css'
import { GroupTitle } from './field-list.tsx'
import type { FieldGroup, InputField } from './input-fields.ts'
import { useFieldLabel } from './use-field-label.ts'
import { useValueText } from './use-value-text.ts'

/** Choices and references are corrected where they were made, not by typing an id. */
const TYPED_TEXTS = new Set(['subject', 'title', 'note', 'reason', 'name', 'place', 'city', 'phone', 'email', 'iban', 'custodian', 'number', 'answer'])
const LONG_TEXTS = new Set(['note', 'reason', 'answer'])

interface FieldInputProps {
  readonly field: InputField
  readonly onChange: (value: unknown) => void
}

function FieldInput({ field, onChange }: FieldInputProps) {
  const label = useFieldLabel()(field.name)
  const textOf = useValueText()
  const { value, name } = field
  if (name.endsWith('Minor') && field.currency !== null && (typeof value === 'number' || value === null)) {
    return <AmountInput label={label} valueMinor={value} currency={field.currency} onChange={onChange} />
  }
  if (name.endsWith('On') && (typeof value === 'string' || value === null)) return <DayInput label={label} value={value} onChange={onChange} />
  if (typeof value === 'boolean') return <Checkbox label={label} checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />
  if (name === 'lengthMinutes') return <NumberInput label={label} value={value ?? ''} min={0} max={1_440} onChange={(next) => onChange(Number(next))} />
  if (TYPED_TEXTS.has(name)) {
    const props = { label, value: String(value ?? ''), onChange: (event: { readonly currentTarget: { readonly value: string } }) => onChange(event.currentTarget.value) }
    return LONG_TEXTS.has(name) ? <Textarea autosize minRows={2} maxRows={10} {...props} /> : <TextInput {...props} />
  }
  return (
    <div className={classes.fixed}>
      <p>{label}</p>
      <p>{textOf(value, field)}</p>
    </div>
  )
}

interface FieldEditorProps {
  readonly groups: readonly FieldGroup[]
  readonly onChange: (path: InputField['path'], value: unknown) => void
}

/** Texts, amounts, days and yes/no of a refused command, to be corrected in place. */
export function FieldEditor({ groups, onChange }: FieldEditorProps) {
  return groups.map((group) => (
    <section key={`${group.name} ${group.fields[0]?.path.join('.')}`}>
      <GroupTitle group={group} groups={groups} />
      <div className={classes.editor}>
        {group.fields.map((field) => (
          <FieldInput key={field.path.join('.')} field={field} onChange={(value) => onChange(field.path, value)} />
        ))}
      </div>
    </section>
  ))
}
