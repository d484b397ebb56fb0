/** Node's, for a process that plays seeds: they make much garbage that is soon forgotten. */
export const simulationFlags: readonly string[] = ['--max-semi-space-size=64']
