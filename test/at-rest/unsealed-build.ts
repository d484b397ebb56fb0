import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildMain } from '../../scripts/build/build-main.mjs'
import { projectRoot } from '../support/project.ts'

const FOLDER = 'dist-unsealed'

/** The app with sealing off, beside the usual build and never packed: what it writes, the search has to find. */
export async function buildUnsealed(): Promise<string> {
  const folder = join(projectRoot, FOLDER)
  rmSync(folder, { recursive: true, force: true })
  await buildMain({ outFolder: `${FOLDER}/dist/main`, canDebug: false, sealsNothing: true })
  mkdirSync(join(folder, 'dist'), { recursive: true })
  symlinkSync(join(projectRoot, 'dist', 'renderer'), join(folder, 'dist', 'renderer'))
  for (const name of ['assets', 'node_modules']) symlinkSync(join(projectRoot, name), join(folder, name))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'rapport', productName: 'Rapport', version: '0.0.0', main: 'dist/main/main.cjs' }))
  return folder
}
