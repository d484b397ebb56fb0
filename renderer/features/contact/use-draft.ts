import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useAppSelector } from '../../app/store.ts'
import { bridge } from '../../bridge/window-api.ts'
import { currentReplica } from '../../db/current-replica.ts'
import type { ContactForm } from './contact-form.ts'
import { DraftStore } from './draft-store.ts'

const WRITE_AFTER_MS = 200
/** Raised when the form's shape changes; drafts of another shape are left alone. */
const DRAFT_SHAPE = 1

interface StoredDraft {
  readonly shape: number
  readonly savedAtMs: number
  readonly form: ContactForm
}

const isStoredDraft = (value: unknown): value is StoredDraft => typeof value === 'object' && value !== null && 'shape' in value && value.shape === DRAFT_SHAPE && 'form' in value

/** True where the app ended after the entry was saved and before its draft was dropped. */
const isSaved = (form: ContactForm): boolean => currentReplica().find('contactEntries', form.entryId) !== undefined

/** What the form starts with: undefined while it is being looked up. */
export type FoundDraft = { readonly form: ContactForm; readonly savedAtMs: number } | null | undefined

/**
 * The draft of one form. `keep` writes soon after the last change and at once when the page is left; `drop` forgets it.
 * A laptop that refuses to store a draft does not stop the person from writing.
 */
export function useDraft(name: string): { readonly found: FoundDraft; keep(form: ContactForm): void; drop(): void } {
  const databaseName = useAppSelector((state) => state.session.databaseName)
  const store = useMemo(() => (databaseName === null ? null : new DraftStore(databaseName, bridge.cipher)), [databaseName])
  const [found, setFound] = useState<FoundDraft>(undefined)
  const waiting = useRef<{ form: ContactForm; timer: ReturnType<typeof setTimeout> } | null>(null)

  const flush = useCallback(() => {
    const draft = waiting.current
    if (!draft) return
    clearTimeout(draft.timer)
    waiting.current = null
    void store?.put(name, { shape: DRAFT_SHAPE, savedAtMs: Date.now(), form: draft.form } satisfies StoredDraft).catch(() => undefined)
  }, [store, name])

  useEffect(() => {
    let isCurrent = true
    setFound(undefined)
    const looked = store?.find(name).catch(() => undefined) // a laptop that cannot read a draft does not stop the person either
    void Promise.resolve(looked).then((value) => {
      if (isCurrent) setFound(isStoredDraft(value) && !isSaved(value.form) ? { form: { ...value.form, quickLine: value.form.quickLine ?? '' }, savedAtMs: value.savedAtMs } : null)
    })
    window.addEventListener('pagehide', flush)
    return () => {
      isCurrent = false
      window.removeEventListener('pagehide', flush)
      flush()
    }
  }, [store, name, flush])
  useEffect(() => () => store?.close(), [store])

  const keep = useCallback(
    (form: ContactForm) => {
      if (waiting.current) clearTimeout(waiting.current.timer)
      waiting.current = { form, timer: setTimeout(flush, WRITE_AFTER_MS) }
    },
    [flush],
  )
  const drop = useCallback(() => {
    if (waiting.current) clearTimeout(waiting.current.timer)
    waiting.current = null
    void store?.delete(name).catch(() => undefined)
  }, [store, name])
  return { found, keep, drop }
}
