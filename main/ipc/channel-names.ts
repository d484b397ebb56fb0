/** Before each name of the contract. What stands outside of it is for the preload alone. */
export const CONTRACT_PREFIX = 'rapport:'
/** Answers { data, index } to the preload's isolated world, null while nobody has the app open. */
export const WINDOW_KEYS_CHANNEL = 'preload:window-keys'
