import { type CommandArgs, type CommandName, commands } from '../../shared/commands/registry.ts'

export type AnyCall = { [N in CommandName]: { readonly name: N; readonly args: CommandArgs<N> } }[CommandName]

const newest = new Map<string, number>()
for (const { name, version } of commands) newest.set(name, Math.max(version, newest.get(name) ?? 0))

/** The version in which this client makes a command: the newest it knows; 0 for a name it does not know. */
export const newestVersionOf = (name: string): number => newest.get(name) ?? 0
