const DAY_MS = 86_400_000

/** Whether a person should be told to look for a connection: within the last third of what the firm allows, and the last day. */
export const isLeaseShort = (nowMs: number, lastContactAtMs: number, leaseEndsAtMs: number): boolean =>
  leaseEndsAtMs - nowMs <= Math.min(DAY_MS, (leaseEndsAtMs - lastContactAtMs) / 3)
