import { app } from 'electron'

/** Young objects of the page and of its worker may take three times so many MB each; V8's usual 16 are taken by a first fetch, and given back late. */
const YOUNG_MB = 2

/** Only GTK reads it, once, when it starts. */
const GTK_OPENGL = 'GDK_GL'

/** Before the app is ready: what is set here is read when the toolkit and the page's process start. */
export function keepMemorySmall(): void {
  if (!app.commandLine.hasSwitch('js-flags')) app.commandLine.appendSwitch('js-flags', `--max-semi-space-size=${YOUNG_MB}`)
  if (process.platform === 'linux' && process.env[GTK_OPENGL] === undefined) keepGtkFromOpenGl()
}

/** GTK would load the driver to see what it can do, 55 MB where that has a compiler of its own; nothing of ours draws through it. Programs that we start are not told. */
function keepGtkFromOpenGl(): void {
  process.env[GTK_OPENGL] = 'disable'
  void app.whenReady().then(() => delete process.env[GTK_OPENGL])
}
