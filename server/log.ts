import Fastify, { type FastifyBaseLogger } from 'fastify'

/** JSON lines on stdout, by the logger that Fastify brings. Events have constant names; lines hold ids, counts and durations. */
export const openLog = (level: string): FastifyBaseLogger => Fastify({ logger: { level, base: null } }).log
