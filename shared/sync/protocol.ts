/** Raised with every change of a wire message or of a command's meaning; the hash test reminds of it. */
export const PROTOCOL_VERSION = 2
/** The oldest client that this server still understands: before it, commands were not signed. */
export const PROTOCOL_FLOOR = 2
/** Most commands in one push, and most rows in one page of a pull. */
export const PUSH_MAX_COMMANDS = 500
export const PULL_PAGE_ROWS = 500
