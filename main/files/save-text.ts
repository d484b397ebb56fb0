import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, type BrowserWindow, dialog } from 'electron'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { systemErrorCode } from '../lib/system-error.ts'
import { plainFileName } from './plain-file-name.ts'

/** Lets the person choose where; the page only suggests a name, never a folder. */
export async function saveText(window: BrowserWindow | undefined, suggestedName: string, text: string): Promise<Result<{ isSaved: boolean }, AppError>> {
  const options = { defaultPath: join(app.getPath('documents'), plainFileName(suggestedName)) }
  const { filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
  if (!filePath) return ok({ isSaved: false })
  try {
    await writeFile(filePath, text, { mode: 0o600 }) // in clear: for the person's own eyes, until they pass it on
    return ok({ isSaved: true })
  } catch (error) {
    return err(appError('storage/write-failed', { reason: systemErrorCode(error) }))
  }
}
