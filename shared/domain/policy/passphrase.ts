/** The shortest passphrase that people may choose for a laptop; passphrases of accounts are the server's matter. */
const SHORTEST_PASSPHRASE = 15

/** Counted in the normal form in which it is hashed: an accent typed by itself is no further character. */
export const isPassphraseLongEnough = (passphrase: string): boolean => passphrase.normalize('NFKC').length >= SHORTEST_PASSPHRASE
