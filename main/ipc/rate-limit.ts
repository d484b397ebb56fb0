/** A bucket of `burst` calls that fills up again with `perSecond`. The answer tells whether one more is allowed now. */
export function makeRateLimit({ perSecond, burst }: { readonly perSecond: number; readonly burst: number }, monotonicMs: () => number = () => performance.now()): () => boolean {
  let tokens = burst
  let lastMs = monotonicMs()
  return () => {
    const nowMs = monotonicMs()
    tokens = Math.min(burst, tokens + ((nowMs - lastMs) / 1_000) * perSecond)
    lastMs = nowMs
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}
