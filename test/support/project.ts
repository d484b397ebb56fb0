import { projectRoot } from '../../scripts/project-paths.mjs'

/** `projectNode` is the Node that the project brings along; never the machine's. */
export { projectNode, projectRoot } from '../../scripts/project-paths.mjs'
/** What is tested, the built app and the server's sources: this project's, unless another folder with both is named. */
export const appFolder = process.env['RAPPORT_E2E_APP'] ?? projectRoot
