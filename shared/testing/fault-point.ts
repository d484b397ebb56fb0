/** Instants at which `npm run faults` ends or holds a process. Each name is reached in exactly one place of the code. */
export const faultPoints = {
  main: [
    'main.append.asked',
    'main.journal.before-write',
    'main.journal.written',
    'main.journal.synced',
    'main.append.answering',
    'main.append.decided',
    'main.push.before-send',
    'main.push.answered',
    'main.push.recorded',
    'main.pull.answered',
    'main.pull.recorded',
    'main.session.received',
    'main.session.stored',
    'main.settle.asked',
    'main.file.before-rename',
    'main.file.renamed',
  ],
  renderer: [
    'renderer.save.begun',
    'renderer.save.stored',
    'renderer.save.journalled',
    'renderer.reconcile.read',
    'renderer.reconcile.done',
    'renderer.pull.received',
    'renderer.pull.stored',
    'renderer.scope.changed',
    'renderer.page.stored',
    'renderer.snapshot.received',
    'renderer.snapshot.stored',
    'renderer.settle.before',
    'renderer.reset.done',
  ],
  server: [
    'server.push.received',
    'server.push.prepared',
    'server.push.head-taken',
    'server.push.order-checked',
    'server.push.rows-written',
    'server.push.before-commit',
    'server.push.committed',
    'server.pull.read',
    'server.snapshot.read',
    'server.snapshot.packed',
    'server.session.refreshed',
    'server.session.signed-in',
    'server.import.judged',
    'server.import.remembered',
    'server.migrate.before',
    'server.migrate.done',
  ],
} as const

export type FaultPoint = (typeof faultPoints)[keyof typeof faultPoints][number]

/** Does nothing: only a test puts a handler here, from outside. In the renderer it may hold the caller back, who awaits it there. */
export const reach = (point: FaultPoint): unknown => (globalThis as { rapportFaultPoint?: (point: FaultPoint) => unknown }).rapportFaultPoint?.(point)
