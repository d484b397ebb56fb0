import { fileURLToPath } from 'node:url'

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url)).replace(/[/\\]$/, '')
/** The Node that the project brings along; never the machine's. */
export const projectNode = `${projectRoot}/node_modules/.bin/node`
/** What is tested, the built app and the server's sources: this project's, unless another folder with both is named. */
export const appFolder = process.env['RAPPORT_E2E_APP'] ?? projectRoot
