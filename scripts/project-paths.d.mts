/** Types of project-paths.mjs for the TypeScript tests. */
export const projectRoot: string
export const projectNode: string
export function inProject(...parts: string[]): string
export const cacheFolder: string
export const artifactsFolder: string
export const userCacheFolder: string
