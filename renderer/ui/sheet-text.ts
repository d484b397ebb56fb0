/** What a sheet would reckon with instead of showing it. */
const FORMULA = /^[=+\-@]/

function cellText(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim()
  return FORMULA.test(flat) ? `'${flat}` : flat // a sheet takes the sign away and shows the rest
}

/** Rows as sheets and mails take them when pasted: tabs between cells, a line each. No text becomes a formula. */
export const sheetText = (rows: readonly (readonly string[])[]): string => rows.map((cells) => cells.map(cellText).join('\t')).join('\n')
