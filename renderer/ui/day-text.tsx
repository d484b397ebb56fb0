import type { LocalDate } from '../../shared/lib/local-date.ts'
import { useFormat } from './use-format.ts'

/** A calendar day; the full date and the distance to today show on hover. */
export function DayText({ on, isRelative = false }: { readonly on: LocalDate; readonly isRelative?: boolean }) {
  const format = useFormat()
  return (
    <time dateTime={on} title={isRelative ? format.dayLong(on) : `${format.dayLong(on)} · ${format.relativeDay(on)}`}>
      {isRelative ? format.relativeDay(on) : format.day(on)}
    </time>
  )
}
