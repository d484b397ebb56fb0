/** Types of server-switches.mjs for the TypeScript tests. */
export const serverSwitches: readonly string[]
export const serverEnv: Readonly<Record<string, string>>
