/** How the server's process is started, wherever it is: `npm start`, tests, benches; docs/guide/office-server.md says the same to an office. */
export const serverSwitches = ['--max-semi-space-size=16']

/**
 * The C library raises by itself the size from which a block is given back to the system as soon as it is free, up to 32 MB: then what large requests and
 * answers took stays with the process in pieces. Naming both sizes keeps them where they are.
 */
export const serverEnv = { MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '131072' }
