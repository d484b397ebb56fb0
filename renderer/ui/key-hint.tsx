import { useTranslation } from 'react-i18next'
import classes from './key-hint.module.css'

const isMac = navigator.platform.startsWith('Mac')
const SIGNS: Readonly<Record<string, string>> = {
  enter: '↵',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  escape: 'Esc',
  ...(isMac ? { mod: '⌘', shift: '⇧', alt: '⌥' } : { alt: 'Alt' }),
}
const NAMED = ['mod', 'shift', 'space', 'home', 'end', 'pgup', 'pgdn'] as const

/** Keys as they stand on a keyboard of the language. `keys`: 'mod+K', 'up', 'shift+Tab'. */
export function KeyHint({ keys }: { readonly keys: string }) {
  const { t } = useTranslation()
  const nameOf = (key: string): string => {
    const named = NAMED.find((name) => name === key.toLowerCase())
    return SIGNS[key.toLowerCase()] ?? (named ? t(`keyName.${named}`) : key)
  }
  return (
    <span className={classes.hint}>
      {keys.split('+').map((key) => (
        <kbd key={key} className={classes.key}>
          {nameOf(key)}
        </kbd>
      ))}
    </span>
  )
}
