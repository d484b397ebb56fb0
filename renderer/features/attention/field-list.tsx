import { useTranslation } from 'react-i18next'
import classes from './attention.module.css'
import type { FieldGroup, InputField } from './input-fields.ts'
import { useFieldLabel } from './use-field-label.ts'
import { useValueText } from './use-value-text.ts'

/** Fields of one name next to each other (attendees) are written as one. */
function joinSameName(fields: readonly InputField[]): readonly (readonly InputField[])[] {
  const runs: InputField[][] = []
  for (const field of fields) {
    const last = runs.at(-1)
    if (last?.[0]?.name === field.name) last.push(field)
    else runs.push([field])
  }
  return runs
}

/** Everything that was typed, with the labels of the forms. Empty fields are left out, except in an edit. */
export function FieldList({ groups }: { readonly groups: readonly FieldGroup[] }) {
  const { t } = useTranslation('attention')
  const labelOf = useFieldLabel()
  const textOf = useValueText()
  return groups.map((group) => (
    <section key={`${group.name} ${group.fields[0]?.path.join('.')}`}>
      {group.name !== null && (
        <h3 className={classes.groupTitle}>
          {labelOf(group.name)} {group.position}
        </h3>
      )}
      <dl className={classes.fields}>
        {joinSameName(group.fields.filter((f) => f.before !== undefined || (f.value !== null && f.value !== ''))).map((run) => {
          const [first] = run
          if (!first) return null
          return (
            <div key={first.path.join('.')} className={classes.field}>
              <dt>{labelOf(first.name)}</dt>
              <dd>
                {first.before !== undefined && (
                  <span className={classes.before} title={t('conflict.before')}>
                    {textOf(first.before, first)}
                  </span>
                )}
                {run.map((field) => textOf(field.value, field)).join(', ')}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  ))
}
