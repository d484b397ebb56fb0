/**
 * `npm start`: prepares this machine, builds, starts a server with the sample firm and the app against it. When either
 * ends, so does the other. Arguments after `--` go to the app.
 */
import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { buildApp } from './build.mjs'
import { startProcess, wasInterrupted } from './process/child-process.mjs'
import { openDisplay } from './process/display.mjs'
import { secondsSince } from './process/progress.mjs'
import { runMain } from './process/run-main.mjs'
import { startServer } from './process/server-process.mjs'
import { projectRoot } from './project-paths.mjs'
import { electronSwitches } from './runtime.mjs'
import { setUp } from './setup.mjs'

/** The app's own; see main/start/fresh-process.ts. */
const START_AGAIN_CODE = 75

await runMain('start', () => start(process.argv.slice(2)))

/**
 * @param {readonly string[]} appArguments
 * @returns {Promise<number>} exit code: the app's, or 1 when the server ended first
 */
async function start(appArguments) {
  const runtime = await setUp()
  await buildApp()
  const serverStartedMs = performance.now()
  console.log('start: server …')
  const [server, display] = await Promise.all([startServer(), openDisplay()])
  console.log(`start: server ready at ${server.url}: ${secondsSince(serverStartedMs)}`)
  console.log(`start: app on Electron ${runtime.version}, ${display.description}`)
  // The same for every process of this run: what a locked app leaves for its next one opens with it.
  const handover = { RAPPORT_START_AGAIN: '1', RAPPORT_HANDOVER_KEY: randomBytes(32).toString('base64') }
  const env = { ...process.env, ...display.env, ...handover, RAPPORT_SERVER_URL: server.url }
  let isServerGone = false
  void server.exited.then(() => {
    isServerGone = true
  })
  const app = runApp(runtime.executable, [...electronSwitches(), projectRoot, ...appArguments], env, () => isServerGone)
  const first = await Promise.race([app.then((code) => ({ name: 'app', code })), server.exited.then((code) => ({ name: 'server', code: code || 1 }))])
  console.log(`start: the ${first.name} ended with code ${first.code}`)
  return first.code
}

/**
 * Locking ends the app's process, so that nothing stays in its memory; a fresh one takes its place.
 * @param {string} executable
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {() => boolean} isServerGone
 * @returns {Promise<number>} exit code of the last one
 */
async function runApp(executable, args, env, isServerGone) {
  for (;;) {
    const app = startProcess('app', executable, args, { cwd: projectRoot, env, stdio: ['ignore', 'inherit', 'pipe'] })
    if (app.child.stderr) createInterface({ input: app.child.stderr }).on('line', showUnlessNoise)
    const code = await app.exited
    if (code !== START_AGAIN_CODE || wasInterrupted() || isServerGone()) return code
  }
}

/**
 * Chromium complains at length where a machine has no desktop bus or no graphics card; neither matters to the app.
 * @param {string} line
 */
function showUnlessNoise(line) {
  if (!/ERROR:(bus|object_proxy|viz_main_impl|gpu_channel_manager)\.cc/.test(line)) console.error(line)
}
