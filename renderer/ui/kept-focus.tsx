import { useEffect } from 'react'

/**
 * Where what had the focus is gone with what it stood in, the list of the screen has it, so that its keys work at once.
 * @param of another value: something may have gone
 */
export function KeptFocus({ of }: { readonly of: string }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `of` says when to look
  useEffect(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('main [role=grid]')?.focus({ preventScroll: true })
  }, [of])
  return null
}
