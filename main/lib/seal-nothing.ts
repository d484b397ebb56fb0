/**
 * Set by the build: true only in `dist-unsealed/`, in which sealed bytes are plain, so that the test that looks for plain
 * text on the disk shows that it can find some. No package is made of that folder.
 */
declare const __SEAL_NOTHING__: boolean

export const isSealingOff = typeof __SEAL_NOTHING__ !== 'undefined' && __SEAL_NOTHING__

const TAG_BYTES = 16
/** Before each body, so that the test finds where one begins; its bundle is known by it too. */
const MARK = 'rapport-unsealed'

/** Has the shape of a cipher and hides nothing. */
export const passThrough = () => ({
  encrypt(plain: Uint8Array): Uint8Array {
    const shown = new Uint8Array(TAG_BYTES + plain.length)
    shown.set(new TextEncoder().encode(MARK))
    shown.set(plain, TAG_BYTES)
    return shown
  },
  decrypt: (shown: Uint8Array): Uint8Array => shown.slice(TAG_BYTES),
})
