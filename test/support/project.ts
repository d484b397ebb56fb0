import { fileURLToPath } from 'node:url'

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url)).replace(/[/\\]$/, '')
/** The Node that the project brings along; never the machine's. */
export const projectNode = `${projectRoot}/node_modules/.bin/node`
/** The built app that is tested: this project's, unless another folder is named. */
export const appFolder = process.env['RAPPORT_E2E_APP'] ?? projectRoot
