/** Bundles the main process, its preload and its workers, each into one CommonJS file. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { inProject, projectRoot } from '../project-paths.mjs'

/** What the bundle may load at run time: Electron itself, and native code that cannot be bundled. */
const external = ['electron', '@node-rs/argon2']

/** `import.meta.url` does not exist in CommonJS; bundled dependencies that ask for it get the bundle's own address. */
const banner = { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" }

/**
 * @param {{ outFolder: string, canDebug: boolean, sealsNothing?: boolean }} options
 *   outFolder: 'dist/main', relative to the repository
 *   canDebug: let the packaged app accept `--remote-debugging-port`; only for packages that tests drive
 *   sealsNothing: leave everything on the disk in plain text; only for the control of the disk test, never packed
 * @returns {Promise<string[]>} the entry files that were bundled
 */
export async function buildMain({ outFolder, canDebug, sealsNothing = false }) {
  const { build } = await import('esbuild')
  rmSync(inProject(outFolder), { recursive: true, force: true })
  const entries = [
    { in: 'main/main.ts', out: 'main', isSandboxed: false },
    { in: 'main/preload/preload.ts', out: 'preload', isSandboxed: true },
    ...listWorkers().map((name) => ({ in: `main/workers/${name}`, out: `workers/${name.replace(/\.ts$/, '')}`, isSandboxed: false })),
  ]
  await Promise.all(
    entries.map((entry) =>
      build({
        absWorkingDir: projectRoot,
        entryPoints: [entry.in],
        outfile: join(outFolder, `${entry.out}.cjs`),
        bundle: true,
        platform: 'node',
        target: 'node20',
        format: 'cjs',
        // A sandboxed preload can require nothing but Electron; it has neither node:url nor __filename.
        external: entry.isSandboxed ? ['electron'] : external,
        ...(entry.isSandboxed ? {} : { banner }),
        define: {
          __ALLOW_DEBUG_PORT__: String(canDebug),
          __SEAL_NOTHING__: String(sealsNothing),
          ...(entry.isSandboxed ? {} : { 'import.meta.url': 'importMetaUrl' }),
        },
        sourcemap: 'linked',
        minifySyntax: true, // takes out what a constant above makes dead: the tests' door is in no shipped bundle
        legalComments: 'none',
        logLevel: 'warning',
      }),
    ),
  )
  return entries.map((entry) => entry.in)
}

/** @returns {string[]} file names; each worker is a bundle of its own */
function listWorkers() {
  const folder = inProject('main', 'workers')
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('.d.ts'))
}
