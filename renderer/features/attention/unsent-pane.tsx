import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { navigate } from '../../app/navigation.ts'
import { useAppSelector } from '../../app/store.ts'
import { currencyOfCall, householdIdOfCall } from '../../commands/household-of-call.ts'
import { useCallWords } from '../../commands/use-call-words.ts'
import { useLeftOut } from '../../commands/use-left-out.ts'
import { useSaveCopy } from '../../commands/use-save-copy.ts'
import type { PendingCommand } from '../../db/pending-command.ts'
import { useReplica } from '../../db/use-replica.ts'
import { ErrorText } from '../../ui/error-text.tsx'
import { SaveState } from '../../ui/save-state.tsx'
import { Section } from '../../ui/section.tsx'
import { useErrorText } from '../../ui/use-error-text.ts'
import { useFormat } from '../../ui/use-format.ts'
import classes from './attention.module.css'
import { FieldList } from './field-list.tsx'
import { readInput } from './input-fields.ts'

/** Where it stands, in words for whoever wonders whether it is safe. */
function Standing({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const connection = useAppSelector((state) => state.syncStatus.connection)
  const leftOut = useLeftOut(id)
  const errorText = useErrorText()
  const EXPLANATIONS = { online: t('saveStateHint.saved'), offline: t('saveStateHint.saved'), signInNeeded: t('sync.explainSignIn'), clientTooOld: t('sync.explainTooOld') }
  return (
    <>
      <p>{leftOut ? t('sync.waitingWhy') : EXPLANATIONS[connection]}</p>
      {leftOut && <p className={classes.meta}>{errorText(leftOut)}</p>}
    </>
  )
}

/** One change that waits to be sent, with all of its input. */
export function UnsentPane({ command }: { readonly command: PendingCommand }) {
  const { t } = useTranslation('attention')
  const format = useFormat()
  const words = useCallWords()(command)
  const { saveCopy, error } = useSaveCopy(command, words.what)
  const currency = useReplica((view) => currencyOfCall(view, command), [command])
  const householdId = useReplica((view) => householdIdOfCall(view, command), [command])
  return (
    <article className={classes.pane} data-testid="unsent-pane">
      <header className={classes.head}>
        <h2 className={classes.title}>
          {words.what} <SaveState state="saved" />
        </h2>
        <p className={classes.meta}>{[words.household, t('made', { when: format.instant(command.madeAtMs) })].filter(Boolean).join(' · ')}</p>
      </header>
      <Section title={t('unsent.standing')}>
        <Standing id={command.id} />
      </Section>
      <Section title={t('input')}>
        <FieldList groups={readInput(command.args, currency)} />
      </Section>
      {error && <ErrorText error={error} />}
      <div className={classes.actions}>
        {words.household !== null && householdId !== null && (
          <Button data-testid="unsent-open" onClick={() => navigate(`households/${householdId}`)}>
            {t('unsent.open')}
          </Button>
        )}
        <Button variant="default" data-testid="unsent-copy" onClick={saveCopy}>
          {t('export')}
        </Button>
      </div>
    </article>
  )
}
