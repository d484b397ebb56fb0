/** Main of the plain way, and of the empty window: no walls, no vault, nothing but Electron. */
import { get } from 'node:http'
import { join } from 'node:path'
import { app, BrowserWindow, ipcMain } from 'electron'

const url = process.env['PLAIN_URL']

function fetchJson(path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    get(`${url}/${path}`, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString())))
    }).on('error', reject)
  })
}

ipcMain.handle('page', (_event, i: number) => fetchJson(String(i)))
ipcMain.handle('done', (_event, ms: number, count: number) => console.log(JSON.stringify({ done: { ms, count } })))

app.setPath('userData', process.env['PLAIN_USER_DATA'] ?? app.getPath('temp'))
app.whenReady().then(() => {
  const createdMs = performance.now()
  const window = new BrowserWindow({ width: 1_360, height: 860, show: true, webPreferences: url ? { nodeIntegration: true, contextIsolation: false } : {} })
  window.webContents.once('did-finish-load', () => console.log(JSON.stringify({ shown: { ms: performance.now() - createdMs } })))
  void window.loadFile(join(__dirname, url ? 'plain.html' : 'empty.html'))
})
