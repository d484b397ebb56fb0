import { basename } from 'node:path'

/** Device names of Windows; a file of such a name goes elsewhere. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i

/**
 * A name that the page suggests, as a name in the folder where the dialog begins: no way out of it, not hidden, nothing that
 * the platforms forbid, and no characters that let 'fdp.exe' look like 'exe.pdf'.
 */
export function plainFileName(suggested: string): string {
  const name = basename(suggested.normalize('NFC').replaceAll('\\', '/'))
    .replaceAll(/[<>:"|?*\u0000-\u001F\u007F-\u009F]/g, '_')
    .replaceAll(/[\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g, '')
    .replaceAll(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 120)
  return name === '' || DEVICE.test(name) ? 'rapport.txt' : name
}
