import classes from './key-hint.module.css'

const isMac = navigator.platform.startsWith('Mac')
const NAMES: Readonly<Record<string, string>> = { mod: isMac ? '⌘' : 'Ctrl', shift: isMac ? '⇧' : 'Shift', enter: '↵', up: '↑', down: '↓', escape: 'Esc', space: 'Space' }

/** Keys as they stand on the keyboard. `keys`: 'mod+K', 'up', 'shift+Tab'. */
export function KeyHint({ keys }: { readonly keys: string }) {
  return (
    <span className={classes.hint}>
      {keys.split('+').map((key) => (
        <kbd key={key} className={classes.key}>
          {NAMES[key.toLowerCase()] ?? key}
        </kbd>
      ))}
    </span>
  )
}
