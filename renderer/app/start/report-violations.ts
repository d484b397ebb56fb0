import { bridge } from '../../bridge/window-api.ts'

/** Tells main which directive of the policy was broken, so that a breach shows in the log; never what tried to. */
export function reportViolations(): void {
  document.addEventListener('securitypolicyviolation', (event) => {
    void bridge.invoke('app:report-violation', { what: event.effectiveDirective.slice(0, 100) })
  })
}
