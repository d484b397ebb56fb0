/**
 * Loaded into a test's server by `--import`, never by the server itself: a test that runs out of time, or whose process is killed,
 * stops nothing any more. Its end closes this process's standard input; the server then ends as an administrator would end it, its
 * database with it.
 */
process.stdin.once('close', () => process.kill(process.pid, 'SIGTERM'))
process.stdin.resume().unref() // it keeps no server running that ends by itself
