import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../ui/key-hint.tsx'
import { type ScreenKey, useShownKeys } from '../../ui/screen-keys.ts'
import classes from './keys-overlay.module.css'

function KeyList({ title, keys }: { readonly title: string; readonly keys: readonly ScreenKey[] }) {
  if (keys.length === 0) return null
  return (
    <section>
      <h3 className={classes.title}>{title}</h3>
      <dl className={classes.keys}>
        {keys.map((key) => (
          <div key={key.keys} className={classes.row}>
            <dt>{key.label}</dt>
            <dd>
              <KeyHint keys={key.keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** The keys of this screen, of lists, and those that work everywhere. */
export function KeysOverlay({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const here = useShownKeys()
  const everywhere = [
    { keys: 'mod+K', label: t('keys.search') },
    { keys: 'mod+N', label: t('keys.log') },
    { keys: 'mod+Z', label: t('keys.undo') },
    { keys: 'mod+P', label: t('keys.print') },
    { keys: 'mod+shift+L', label: t('keys.lock') },
    { keys: 'Alt+left', label: t('keys.back') },
    { keys: 'Escape', label: t('keys.close') },
    { keys: '?', label: t('keys.help') },
  ]
  const lists = [
    { keys: 'up+down', label: t('keys.move') },
    { keys: 'PgUp+PgDn', label: t('keys.page') },
    { keys: 'Home+End', label: t('keys.ends') },
    { keys: 'Enter', label: t('keys.open') },
    { keys: 'Space', label: t('keys.toggle') },
  ]
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('keys.title')} size="lg" closeButtonProps={{ 'aria-label': t('action.close') }}>
      <div className={classes.columns}>
        <KeyList title={t('keys.everywhere')} keys={everywhere} />
        <div>
          <KeyList title={t('keys.here')} keys={here} />
          <KeyList title={t('keys.lists')} keys={lists} />
        </div>
      </div>
    </Modal>
  )
}
