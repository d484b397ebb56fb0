import type { SimWorld } from '../sim-world.ts'

/** What is still on its way: all is to be sent, answered and pulled on every laptop. null = nothing. */
export function whyNotQuiet(sim: SimWorld): string | null {
  for (const client of sim.clients) {
    const { main, window, n } = client
    if (!main || !window) return `client ${n} is not open`
    const { connection, unsentCount } = main.sync.status()
    if (connection !== 'online') return `client ${n} is ${connection}`
    if (!sim.network.isListening(n)) return `client ${n} does not listen to what changes`
    if (unsentCount > 0) return `client ${n} has ${unsentCount} unsent`
    const { replica } = window.session
    if (replica.progress.phase !== 'ready') return `client ${n} is ${replica.progress.phase}`
    const open = replica.pending.filter((command) => command.status !== 'refused')
    if (open.length > 0) return `client ${n} still shows ${open.length} commands as pending`
    const listed = main.journal.listOpen().filter((item) => item.status !== 'refused')
    if (listed.length > 0) return `client ${n} still lists ${listed.length} commands`
  }
  return null
}
