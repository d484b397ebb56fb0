/**
 * Asks again until `look` answers something other than undefined. Bounded; the error says what was awaited.
 * @param everyMs pause between two looks, so that a waiting test does not take the processor from what it waits for
 */
export async function waitFor<T>(what: string, look: () => Promise<T | undefined> | T | undefined, { withinMs = 15_000, everyMs = 50 } = {}): Promise<T> {
  const untilMs = performance.now() + withinMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > untilMs) throw new Error(`Waited ${withinMs} ms in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}
