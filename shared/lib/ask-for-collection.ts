/** V8 looks for garbage when so many bytes of buffers were made since it looked last. What only lies about makes it look at nothing. */
const LOOKS_AFTER_BYTES = 64 * 1_024 * 1_024

/**
 * Has V8 collect what this thread has dropped, at its leisure: no other word of ours it hears. A buffer that nobody writes to takes no
 * memory, and counts. Three, because the first only begins the search.
 */
export function askForCollection(): void {
  try {
    for (let i = 0; i < 3; i++) Reflect.construct(ArrayBuffer, [2 * LOOKS_AFTER_BYTES]) // a plain `new` of what nobody uses is left out of a build
  } catch {
    // hardly any memory left: V8 looks by itself
  }
}
