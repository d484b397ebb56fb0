/** While one call is under way, further ones are answered with `busy`: a page cannot pile up dialogs on the person. */
export function oneAtATime<A extends unknown[], R>(action: (...args: A) => Promise<R>, busy: R): (...args: A) => Promise<R> {
  let isBusy = false
  return async (...args) => {
    if (isBusy) return busy
    isBusy = true
    try {
      return await action(...args)
    } finally {
      isBusy = false
    }
  }
}
