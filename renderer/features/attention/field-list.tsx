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

/** Of what the fields are: 'Outcomes', or 'Outcomes 2' where there are several. Nothing above the command's own. */
export function GroupTitle({ group, groups }: { readonly group: FieldGroup; readonly groups: readonly FieldGroup[] }) {
  const labelOf = useFieldLabel()
  if (group.name === null) return null
  const isOne = groups.filter(({ name }) => name === group.name).length === 1
  return <h3 className={classes.groupTitle}>{[labelOf(group.name), isOne ? '' : group.position].join(' ')}</h3>
}

/** Everything that was typed, with the labels of the forms. Empty fields are left out, except in an edit. */
export function FieldList({ groups }: { readonly groups: readonly FieldGroup[] }) {
  const { t } = useTranslation('attention')
  const labelOf = useFieldLabel()
  const textOf = useValueText()
  return groups.map((group) => (
    <section key={`${group.name} ${group.fields[0]?.path.join('.')}`}>
      <GroupTitle group={group} groups={groups} />
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
