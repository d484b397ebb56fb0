import type { TFunction } from 'i18next'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 as newId } from 'uuid'
import { logContact } from '../../../shared/domain/contact/commands/log-contact.ts'
import { useRoute } from '../../app/navigation.ts'
import { useAppSelector } from '../../app/store.ts'
import { currentReplica } from '../../db/current-replica.ts'
import { useAttention } from '../../db/use-replica.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LoadingState } from '../../ui/loading-state.tsx'
import { type ContactForm, chooseHousehold, choosePurpose, emptyForm, isWorthKeeping } from './contact-form.ts'
import { ContactFormView } from './contact-form-view.tsx'
import { formFromArgs } from './form-from-args.ts'
import { purposeTexts } from './purpose-texts.ts'
import { useDraft } from './use-draft.ts'

/** Routes 'log', 'log/<householdId>' and 'log/resend/<commandId>'; each has a draft of its own. */
export function LogContactScreen() {
  const { segments } = useRoute()
  const selfId = useAppSelector((state) => state.session.colleague?.id)
  const [, second, third] = segments
  const [round, setRound] = useState(0)
  if (selfId === undefined) return null
  const resentId = second === 'resend' ? (third ?? null) : null
  const householdId = resentId === null ? (second ?? null) : null
  return <DraftedForm key={`${segments.join('/')} ${round}`} resentId={resentId} householdId={householdId} selfId={selfId} onStartAfresh={() => setRound((r) => r + 1)} />
}

interface DraftedFormProps {
  readonly resentId: string | null
  readonly householdId: string | null
  readonly selfId: string
  readonly onStartAfresh: () => void
}

function DraftedForm({ resentId, householdId, selfId, onStartAfresh }: DraftedFormProps) {
  const { t } = useTranslation('contact')
  const draft = useDraft(resentId === null ? `log/${householdId ?? ''}` : `resend/${resentId}`)
  const refused = useAttention().find((item) => item.id === resentId)
  const fresh = useMemo(() => freshForm(householdId, selfId, t), [householdId, selfId, t])
  const resent = useMemo(() => {
    const parsed = logContact.schema.safeParse(refused?.args)
    return parsed.success ? formFromArgs(parsed.data, newId) : null
  }, [refused])
  const { keep, drop } = draft
  const opened = resentId === null ? fresh : resent
  const onChange = useCallback((form: ContactForm) => (opened === null || isWorthKeeping(form, opened) ? keep(form) : drop()), [opened, keep, drop])
  const [initialForm, draftAtMs] = draft.found ? [draft.found.form, draft.found.savedAtMs] : [opened, null]

  if (draft.found === undefined) return <LoadingState />
  if (initialForm === null) return <EmptyState title={t('resendMissing')} />
  return (
    <ContactFormView
      title={t(resentId === null ? 'title' : 'resendTitle')}
      hint={resentId === null ? null : t('resendHint')}
      initialForm={initialForm}
      draftAtMs={draftAtMs}
      selfId={selfId}
      resentId={resentId}
      onChange={onChange}
      onSaved={drop}
      onDiscard={() => {
        drop()
        onStartAfresh()
      }}
    />
  )
}

function freshForm(householdId: string | null, selfId: string, t: TFunction<'contact'>): ContactForm {
  const form = choosePurpose(emptyForm(newId(), selfId), 'relationship', purposeTexts('relationship', t))
  const household = householdId === null ? undefined : currentReplica().find('households', householdId)
  return household ? chooseHousehold(form, household) : form
}
