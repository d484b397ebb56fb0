/** One line as the commands accept it: NFC, no line breaks or control characters, trimmed. */
export const cleanLine = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u0000-\u001F\u007F\u2028-\u202E\u2066-\u2069]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim()

/** A text of several lines; line breaks are '\n'. */
export const cleanNote = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u202A-\u202E\u2066-\u2069]/g, '')
    .trim()
