import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { localDateOf } from '../../shared/lib/local-date.ts'
import { ClockContext } from './use-clock.ts'

const MINUTE_MS = 60_000

/** Ticks on the minute, and at once when the laptop wakes or the window is looked at again. */
export function ClockProvider({ children, now = Date.now }: { readonly children: ReactNode; readonly now?: () => number }) {
  const [nowMs, setNowMs] = useState(now)
  useEffect(() => {
    const tick = () => setNowMs(now())
    let timer = setTimeout(
      function onMinute() {
        tick()
        timer = setTimeout(onMinute, MINUTE_MS - (now() % MINUTE_MS))
      },
      MINUTE_MS - (now() % MINUTE_MS),
    )
    document.addEventListener('visibilitychange', tick)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', tick)
    }
  }, [now])
  const clock = useMemo(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    return { nowMs, todayOn: localDateOf(nowMs, zone), zone }
  }, [nowMs])
  return <ClockContext value={clock}>{children}</ClockContext>
}
