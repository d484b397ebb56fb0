/** How many rows, commands or households the product puts in one of something, and how few a plan with small limits lets it. */
const limits: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'shared/sync/protocol.ts': { PUSH_MAX_COMMANDS: 2, PULL_PAGE_ROWS: 4 },
  'shared/sync/packed-page.ts': { PACKED_PAGE_ROWS: 5 },
  'server/sync/followers.ts': { MOST_ROWS: 2 },
  'renderer/sync/change-scope.ts': { BATCH_HOUSEHOLDS: 2 },
  'renderer/db/compact-overlay.ts': { COMPACT_ABOVE_ROWS: 6 },
}

/** By name; each sets the number in its module, or puts it back. */
const setters = new Map<string, (isSmall: boolean) => void>()
Object.assign(globalThis, { simulatedLimit: (name: string, set: (isSmall: boolean) => void) => setters.set(name, set) })

export const limitedFiles = Object.keys(limits)
const root = new URL('../../', import.meta.url).href

/** The module's text with its limits open to change; as it is where it has none. @throws where a limit is not there any more */
export function withLimits<T>(url: string, source: T): T | string {
  const own = limits[url.startsWith(root) ? url.slice(root.length) : '']
  if (!own) return source
  let text = String(source)
  for (const [name, small] of Object.entries(own)) {
    const line = new RegExp(`^(export )?const ${name} = ([\\d_]+)`, 'm')
    if (!line.test(text)) throw new Error(`${url} has no limit ${name}`)
    text = text.replace(line, `$1let ${name} = $2; globalThis.simulatedLimit('${name}', (isSmall) => { ${name} = isSmall ? ${small} : $2 });`)
  }
  return text
}

export function setSmallLimits(isSmall: boolean): void {
  for (const set of setters.values()) set(isSmall)
}
