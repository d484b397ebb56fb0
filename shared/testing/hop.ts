/** A moment on the way from one laptop to another, which `npm run bench -- live` times. Does nothing: only the bench puts a clock here, from outside. */
export const hop = (name: string): void => (globalThis as { rapportHop?: (name: string) => void }).rapportHop?.(name)
