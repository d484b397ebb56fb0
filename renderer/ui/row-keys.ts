/**
 * Where a key moves the selection in a list.
 * @param index the selected row, -1 where none is
 * @param pageRows rows that fit on the screen, ≥ 1
 * @returns the row to select, or null where the key does not move
 */
export function rowAfterKey(key: string, index: number, count: number, pageRows: number): number | null {
  const clamp = (i: number) => Math.max(0, Math.min(count - 1, i))
  if (count === 0) return null
  switch (key) {
    case 'ArrowDown':
      return clamp(index + 1)
    case 'ArrowUp':
      return index === -1 ? count - 1 : clamp(index - 1)
    case 'PageDown':
      return clamp(Math.max(index, 0) + pageRows)
    case 'PageUp':
      return clamp(index - pageRows)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
