/** Set by the build: true only in packages that tests drive over the debugging port. Undefined in unit tests. */
declare const __ALLOW_DEBUG_PORT__: boolean
