import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { appError } from '../../../shared/errors/error-codes.ts'
import type { OutboxItem } from '../../../shared/ipc/ipc-contract.ts'
import { navigate } from '../../app/navigation.ts'
import { currencyOfCall } from '../../commands/household-of-call.ts'
import { useCallWords } from '../../commands/use-call-words.ts'
import { useReplica } from '../../db/use-replica.ts'
import { ConfirmInline } from '../../ui/confirm-inline.tsx'
import { ErrorText } from '../../ui/error-text.tsx'
import { Section } from '../../ui/section.tsx'
import { focusUnclear } from '../../ui/unclear-field.ts'
import { useFormat } from '../../ui/use-format.ts'
import classes from './attention.module.css'
import { findConflict, keepMine, keepTheirs } from './conflict.ts'
import { ConflictChoice } from './conflict-choice.tsx'
import { countEntries } from './count-entries.ts'
import { FieldEditor } from './field-editor.tsx'
import { FieldList } from './field-list.tsx'
import { readInput, withValue } from './input-fields.ts'
import { type AttentionActions, useAttentionActions } from './use-attention-actions.ts'

interface ActionBarProps {
  readonly item: OutboxItem
  readonly actions: AttentionActions
  readonly args: unknown // as corrected so far
  readonly isEditing: boolean
  readonly onEdit: () => void
}

function ActionBar({ item, actions, args, isEditing, onEdit }: ActionBarProps) {
  const { t } = useTranslation('attention')
  const correct = item.name === 'contact/log' ? () => navigate(`log/resend/${item.id}`) : onEdit
  return (
    <div className={classes.actions}>
      {!isEditing && (
        <Button data-testid="attention-correct" onClick={correct}>
          {t(item.name === 'contact/log' ? 'correctInForm' : 'correct')}
        </Button>
      )}
      <Button
        variant={isEditing ? 'filled' : 'default'}
        data-testid="attention-resend"
        onClick={(event) => focusUnclear(event.currentTarget.closest('article')) || actions.resend(args)}
      >
        {t('resend')}
      </Button>
      <Button variant="default" data-testid="attention-export" onClick={actions.exportCopy}>
        {t('export')}
      </Button>
      <ConfirmInline
        label={t('discard')}
        question={t('discardQuestion', { count: countEntries(args) })}
        confirmLabel={t('discardConfirm')}
        testId="attention-discard"
        onConfirm={actions.discard}
      />
    </div>
  )
}

/** One refused command: what, why, all of its input, and what can be done. */
export function AttentionPane({ item }: { readonly item: OutboxItem }) {
  const { t } = useTranslation('attention')
  const format = useFormat()
  const words = useCallWords()(item)
  const actions = useAttentionActions(item, words.what)
  const [args, setArgs] = useState(item.args)
  const [isEditing, setIsEditing] = useState(false)
  const currency = useReplica((view) => currencyOfCall(view, item), [item])
  const groups = readInput(args, currency)
  const conflict = findConflict(item)
  const settleForTheirs = () => {
    const rest = conflict && keepTheirs(args, conflict)
    if (rest === null) actions.discard()
    else actions.resend(rest)
  }
  return (
    <article className={classes.pane} data-testid="attention-pane">
      <header className={classes.head}>
        <h2 className={classes.title}>{words.what}</h2>
        <p className={classes.meta}>{[words.household, t('made', { when: format.instant(item.madeAtMs) })].filter(Boolean).join(' · ')}</p>
      </header>
      <Section title={t('reason')}>
        <ErrorText error={item.error ?? appError('app/bug')} testId="attention-reason" />
      </Section>
      {conflict && <ConflictChoice conflict={conflict} currency={currency} onKeepMine={() => actions.resend(keepMine(args, conflict))} onKeepTheirs={settleForTheirs} />}
      <Section title={t('input')}>
        {isEditing ? <FieldEditor groups={groups} onChange={(path, value) => setArgs((known: unknown) => withValue(known, path, value))} /> : <FieldList groups={groups} />}
      </Section>
      {actions.error && <ErrorText error={actions.error} testId="attention-error" />}
      <ActionBar item={item} actions={actions} args={args} isEditing={isEditing} onEdit={() => setIsEditing(true)} />
    </article>
  )
}
