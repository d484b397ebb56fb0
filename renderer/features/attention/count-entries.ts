/** How many records the arguments of a command would have made or changed: itself, and what comes with it. */
export function countEntries(args: unknown): number {
  if (typeof args !== 'object' || args === null) return 1
  const { followUps, claims } = args as { readonly followUps?: unknown; readonly claims?: unknown }
  return 1 + [followUps, claims].reduce<number>((count, list) => count + (Array.isArray(list) ? list.length : 0), 0)
}
