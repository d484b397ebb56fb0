const DEEPEST = 40

/**
 * True when a value that came over IPC is larger than `mostBytes` or nested too deeply. Stops as soon as that is clear,
 * so that measuring a hostile value costs no more than an allowed one. Cycles end at the depth limit.
 */
export function isTooLarge(value: unknown, mostBytes: number): boolean {
  let left = mostBytes
  const visit = (part: unknown, depth: number): boolean => {
    left -= 8
    if (typeof part === 'string') left -= part.length
    else if (part instanceof ArrayBuffer || ArrayBuffer.isView(part)) left -= part.byteLength
    else if (typeof part === 'object' && part !== null) return depth < DEEPEST && left > 0 && visitMembers(part, depth)
    return left >= 0
  }
  const visitMembers = (part: object, depth: number) =>
    Object.entries(part).every(([name, member]) => {
      left -= name.length
      return visit(member, depth + 1)
    })
  return !visit(value, 0)
}
