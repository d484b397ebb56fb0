import { useEffect, useRef } from 'react'
import { type Decision, decisionKeys, decisions } from './decision-draft.ts'

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="dialog"] *'

/** `c`, `p`, `r`, `t` ask for a decision while nobody types. `onAsk` null = the keys rest. */
export function useDecisionKeys(onAsk: ((decision: Decision) => void) | null): void {
  const current = useRef(onAsk)
  current.current = onAsk
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat || !current.current) return
      if (event.target instanceof Element && event.target.matches(TYPING)) return
      const decision = decisions.find((candidate) => decisionKeys[candidate] === event.key.toLowerCase())
      if (!decision) return
      event.preventDefault()
      current.current(decision)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
