/** Runs a command to its end. */
import { spawn } from 'node:child_process'

/** @typedef {{ code: number, stdout: string, stderr: string }} CommandResult  code is 1 when ended by a signal or not startable */

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, show?: boolean }} [options]
 *   show: pass output on to this process's stdout and stderr as it comes; it is collected either way
 * @returns {Promise<CommandResult>} never rejects: a command that cannot be started has code 127
 */
export function runCommand(command, args, { cwd, env = process.env, timeoutMs, show = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, timeout: timeoutMs, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => {
      stdout += chunk
      if (show) process.stdout.write(chunk)
    })
    child.stderr.on('data', (chunk) => {
      stderr += chunk
      if (show) process.stderr.write(chunk)
    })
    child.once('error', (error) => resolve({ code: 127, stdout, stderr: stderr + error.message }))
    child.once('close', (code) => resolve({ code: code ?? 1, stdout, stderr }))
  })
}

/**
 * As `runCommand`, for steps that must succeed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Parameters<typeof runCommand>[2]} [options]
 * @throws {Error} with the end of the command's output when its exit code is not 0
 */
export async function mustRunCommand(command, args, options) {
  const result = await runCommand(command, args, options)
  if (result.code === 0) return result
  const output = `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-25).join('\n')
  throw new Error(`${command} ${args.join(' ')} failed with exit code ${result.code}:\n${output}`)
}

/**
 * The environment of a fresh shell: what an outer `npm start` adds (its folder, its script name) must not steer an inner
 * npm. The person's own npm settings stay.
 * @returns {NodeJS.ProcessEnv}
 */
export function envWithoutOuterNpm() {
  const ofOuterNpm = /^npm_(package_|lifecycle_|command$|execpath$|node_execpath$|config_local_prefix$)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofOuterNpm.test(name)))
}

/**
 * @param {readonly string[]} args
 * @param {Parameters<typeof runCommand>[2]} [options]
 */
export function runNpm(args, options) {
  return mustRunCommand(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { env: envWithoutOuterNpm(), ...options })
}
