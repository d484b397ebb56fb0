/**
 * Start-up program of the pinned development Electron, which lacks the official default app: `electron FOLDER` runs the
 * app in FOLDER under its own name, version and user-data folder. Never part of a package.
 */
const { readFileSync } = require('node:fs')
const { join, resolve } = require('node:path')
const electron = require('electron')

/** Its types leave out the setters that the official default app uses too. @type {any} */
const app = electron.app

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'))
if (folder === undefined) {
  console.error('Usage: electron [switches] APP_FOLDER')
  app.exit(64)
} else {
  const appPath = resolve(folder)
  const manifest = JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8'))
  app.setName(manifest.productName ?? manifest.name)
  app.setVersion(manifest.version ?? '0.0.0')
  app.setAppPath(appPath)
  app.setPath('userData', join(app.getPath('appData'), app.getName()))
  require(join(appPath, manifest.main ?? 'index.js'))
}
