import { useEffect } from 'react'
import { isListOpen } from '../../ui/unclear-field.ts'
import { type Channel, channels } from './contact-form.ts'

interface FormKeys {
  readonly onSave: () => void
  readonly onLeave: () => void
  readonly onChannel: (channel: Channel) => void
}

/** Ctrl+Enter saves and Esc leaves from anywhere on the screen; Alt+1 … Alt+5 choose the channel. */
export function useFormKeys({ onSave, onLeave, onChannel }: FormKeys): void {
  useEffect(() => {
    let wasListOpen = false // React closes the list before the key arrives here
    const onCapture = (event: KeyboardEvent) => {
      wasListOpen = isListOpen(event.target)
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const channel = event.altKey ? channels[Number(/^Digit([1-5])$/.exec(event.code)?.[1] ?? 0) - 1] : undefined
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSave()
      else if (event.key === 'Escape' && !wasListOpen) onLeave()
      else if (channel) onChannel(channel)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onCapture, true)
    window.addEventListener('keydown', onKeyDown)
    return () => {
      window.removeEventListener('keydown', onCapture, true)
      window.removeEventListener('keydown', onKeyDown)
    }
  }, [onSave, onLeave, onChannel])
}
