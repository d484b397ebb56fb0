import Fastify, { type FastifyBaseLogger } from 'fastify'

/** JSON lines on stdout, by the logger that Fastify brings. Events have constant names; lines hold ids, counts and durations. */
export const openLog = (level: string): FastifyBaseLogger => Fastify({ logger: { level, base: null } }).log

/** Where an error was thrown, without its message: that may hold values of a row. */
export const stackOf = (error: unknown): string =>
  (error instanceof Error ? (error.stack ?? '') : '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8)
    .join('\n')
