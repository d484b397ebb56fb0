/** So many commands are worked on in a few milliseconds. */
const AT_ONCE = 25

/** Lets other requests and the database's answers have their turn, above all the one that holds the head. @param done how many of a batch are done */
export const breathe = async (done: number): Promise<void> => {
  if (done % AT_ONCE === 0 && done > 0) await new Promise((resolve) => setImmediate(resolve))
}
