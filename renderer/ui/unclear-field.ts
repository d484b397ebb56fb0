/** What a field puts on its input while its text is not understood: to its form the value looks as if nothing had been typed. */
export const markUnclear = (isUnclear: boolean): { readonly 'data-unclear'?: true } => (isUnclear ? { 'data-unclear': true } : {})

/**
 * Takes the person to the first field whose text is not understood. Call it before saving: an end of a coverage that was
 * mistyped must not become a coverage without an end.
 * @returns whether there is one
 */
export function focusUnclear(form: ParentNode | null): boolean {
  const field = form?.querySelector<HTMLElement>('[data-unclear]')
  field?.focus()
  return field != null
}

/** The key belongs to an open list of choices, which it closes: the form behind it stays. */
export const isListOpen = (target: EventTarget | null): boolean => target instanceof Element && target.getAttribute('aria-expanded') === 'true'
