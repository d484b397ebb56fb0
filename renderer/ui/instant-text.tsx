import { useFormat } from './use-format.ts'

interface InstantTextProps {
  readonly atMs: number
  readonly zone?: string // IANA name in which it is shown; default: this laptop's
  readonly isRelative?: boolean
}

/** A moment; what is not shown of it shows on hover. */
export function InstantText({ atMs, zone, isRelative = false }: InstantTextProps) {
  const format = useFormat()
  const exact = format.instant(atMs, zone)
  const relative = format.relativeInstant(atMs)
  return (
    <time dateTime={new Date(atMs).toISOString()} title={isRelative ? exact : relative}>
      {isRelative ? relative : exact}
    </time>
  )
}
