/** The only page there is. */
export const APP_SCHEME = 'app'
export const APP_HOST = 'ui'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`
export const APP_PAGE = `${APP_ORIGIN}/`

/** Compares scheme and host: in Node the `origin` of such an address is 'null'. */
export function isAppUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, host } = new URL(text)
  return protocol === `${APP_SCHEME}:` && host === APP_HOST
}
