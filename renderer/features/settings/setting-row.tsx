import type { ReactNode } from 'react'
import classes from './settings.module.css'

/** A name and what stands behind it; `hint` below the name. */
export function SettingRow({ label, hint, children }: { readonly label: string; readonly hint?: string; readonly children: ReactNode }) {
  return (
    <div className={classes.row}>
      <div>
        <p>{label}</p>
        {hint && <p className={classes.hint}>{hint}</p>}
      </div>
      <div className={classes.value}>{children}</div>
    </div>
  )
}
