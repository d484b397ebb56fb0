import { useHotkeys } from '@mantine/hooks'
import { useEffect, useEffectEvent } from 'react'
import type { Role } from '../../../shared/domain/colleague/colleague.ts'
import { useUndo } from '../../commands/use-run-command.ts'
import { back, forward, navigate } from '../navigation.ts'
import { lock } from '../session-actions.ts'
import { navItemsOf } from './nav-items.ts'

const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

/** Keys that work on every screen. `?` is taken by its character, since each keyboard has it elsewhere. */
export function useFrameHotkeys(role: Role, onHelp: () => void): void {
  const { undoLast } = useUndo()
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === '?' && !event.ctrlKey && !event.metaKey && !isTyping(event.target)) onHelp()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
  useHotkeys(
    [
      ...navItemsOf(role).map((item): [string, () => void] => [item.keys, () => navigate(item.path)]),
      ['mod+shift+L', () => void lock()],
      ['alt+ArrowLeft', back],
      ['alt+ArrowRight', forward],
    ],
    [],
  )
  useHotkeys([['mod+Z', undoLast]])
}
