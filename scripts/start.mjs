/**
 * `npm start`: prepares this machine, builds, starts a server with the sample firm and the app against it. When either
 * ends, so does the other. Arguments after `--` go to the app.
 */
import { createInterface } from 'node:readline'
import { buildApp } from './build.mjs'
import { startProcess, stopAllOnSignal, stopAllProcesses } from './process/child-process.mjs'
import { openDisplay } from './process/display.mjs'
import { secondsSince } from './process/progress.mjs'
import { startServer } from './process/server-process.mjs'
import { projectRoot } from './project-paths.mjs'
import { electronSwitches } from './runtime.mjs'
import { setUp } from './setup.mjs'

stopAllOnSignal()
try {
  process.exitCode = await start(process.argv.slice(2))
} catch (error) {
  console.error(`start: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  await stopAllProcesses()
}

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
  const app = startProcess('app', runtime.executable, [...electronSwitches(), projectRoot, ...appArguments], {
    cwd: projectRoot,
    env: { ...process.env, ...display.env, RAPPORT_SERVER_URL: server.url },
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  if (app.child.stderr) createInterface({ input: app.child.stderr }).on('line', showUnlessNoise)
  const first = await Promise.race([app.exited.then((code) => ({ name: 'app', code })), server.exited.then((code) => ({ name: 'server', code: code || 1 }))])
  console.log(`start: the ${first.name} ended with code ${first.code}`)
  return first.code
}

/**
 * Chromium complains at length where a machine has no desktop bus or no graphics card; neither matters to the app.
 * @param {string} line
 */
function showUnlessNoise(line) {
  if (!/ERROR:(bus|object_proxy|viz_main_impl|gpu_channel_manager)\.cc/.test(line)) console.error(line)
}
