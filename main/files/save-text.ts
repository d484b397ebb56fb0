import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { app, type BrowserWindow, dialog } from 'electron'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { systemErrorCode } from '../lib/system-error.ts'

/** Lets the person choose where; the page only suggests a name, never a folder. */
export async function saveText(window: BrowserWindow | undefined, suggestedName: string, text: string): Promise<Result<{ isSaved: boolean }, AppError>> {
  const name = basename(suggestedName.replaceAll('\\', '/')).replaceAll(/[<>:"|?*\u0000-\u001F]/g, '_')
  const options = { defaultPath: join(app.getPath('documents'), name) }
  const { filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
  if (!filePath) return ok({ isSaved: false })
  try {
    await writeFile(filePath, text, 'utf8')
    return ok({ isSaved: true })
  } catch (error) {
    return err(appError('storage/write-failed', { reason: systemErrorCode(error) }))
  }
}
