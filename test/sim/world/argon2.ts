/** Stands in for the password hash, which would take threads and seconds: here a stored hash is the passphrase itself. */
export const hash = async (passphrase: string): Promise<string> => passphrase
export const verify = async (stored: string, passphrase: string): Promise<boolean> => stored === passphrase
export const hashRaw = async (passphrase: string): Promise<Buffer> => Buffer.from(passphrase)
export const hashRawSync = (passphrase: string): Buffer => Buffer.from(passphrase)
