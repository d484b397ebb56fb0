/**
 * Leaves out steps for as long as the failure stays: halves first, then smaller pieces (delta debugging).
 * @param isStill plays the rest and says whether it still fails
 */
export async function shrink(indexes: readonly number[], isStill: (kept: readonly number[]) => Promise<boolean>, mostPlays = 60): Promise<readonly number[]> {
  let kept = [...indexes]
  let plays = 0
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length; ) {
      if (plays++ >= mostPlays) return kept
      const without = [...kept.slice(0, at), ...kept.slice(at + size)]
      if (await isStill(without)) kept = without
      else at += size
    }
  }
  return kept
}
