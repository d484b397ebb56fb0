/** What code in the page could do with the channels that the page has. `attackChannels` runs inside the page. */

export interface Attack {
  /** Channel → a request of its schema, from which the hostile ones are made. */
  readonly channels: Readonly<Record<string, unknown>>
  /** Channels that must not be sent anything valid: they would end the attack on the others. */
  readonly ending: readonly string[]
  readonly callsEach: number
  readonly seed: number
  /** Key bytes as hex and base64: none of it may be in any answer. */
  readonly secrets: readonly string[]
}

export interface AttackReport {
  readonly calls: number
  readonly answers: Readonly<Record<string, number>> // 'channel code' → times; 'ok' and 'uncloneable' count as codes
  readonly leaks: readonly string[]
  readonly oddAnswers: readonly string[]
  readonly slowestMs: number
}

/** Takes nothing from this file along: its source goes to the page. Every message counts only when main has judged it. */
export async function attackChannels({ channels, ending, callsEach, seed, secrets }: Attack): Promise<AttackReport> {
  const { api } = globalThis as unknown as { api: { invoke(channel: string, request: unknown): Promise<unknown> } }
  let state = seed >>> 0
  const int = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const pick = <T>(from: readonly T[]): T => from[int(from.length)] as T
  const cycle: Record<string, unknown> = { a: 1 }
  cycle['self'] = cycle
  const deep = (levels: number): unknown => (levels === 0 ? 'x' : { a: deep(levels - 1) })
  const hostile: readonly (() => unknown)[] = [
    () => null,
    () => undefined,
    () => Number.NaN,
    () => -0,
    () => 2 ** 53,
    () => -1,
    () => 1e308,
    () => true,
    () => '',
    () => 'x'.repeat(1 + int(5_000)),
    () => 'x'.repeat(1_100_000),
    () => '\uD800\u0000\u202E',
    () => '../../../etc/passwd',
    () => '__proto__',
    () => "'; drop table households; --",
    () => '{{constructor.constructor("return process")()}}',
    () => [],
    () => Array.from({ length: int(2_000) }, (_, i) => i),
    () => ({}),
    () => JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}') as unknown,
    () => cycle,
    () => deep(20 + int(3_000)),
    () => new Map([['__proto__', { polluted: 1 }]]),
    () => new Set([1]),
    () => new Date(Number.NaN),
    () => /x/g,
    () => 10n ** 40n,
    () => new Error('x'),
    () => new Uint8Array(int(5_000)),
    () => new Float64Array(3),
    () => new ArrayBuffer(int(9_000)),
    () => new DataView(new ArrayBuffer(4)),
    () => new Blob(['x']),
    () => Object.assign([], { length: 3, extra: 1 }),
    () => () => 1,
    () => Symbol('x'),
    () => new Proxy({}, { get: () => 'x', ownKeys: () => ['a'] }),
    () => ({
      get a() {
        throw new Error('getter')
      },
    }),
    () => ({ toJSON: () => 'x' }),
    () => document,
    () => globalThis,
  ]
  const mutate = (value: unknown, depth: number): unknown => {
    const choice = int(10)
    if (choice < 3 || depth > 4) return pick(hostile)()
    if (Array.isArray(value)) return choice < 5 ? [...value, pick(hostile)()] : value.map((part) => (int(2) === 0 ? mutate(part, depth + 1) : part))
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return pick(hostile)()
    const entries = Object.entries(value)
    if (choice === 3) return Object.fromEntries(entries.filter(() => int(3) > 0))
    if (choice === 4) return { ...value, [pick(['__proto__', 'constructor', 'toString', 'path', 'userId', 'n', 'deviceId', 'role'])]: pick(hostile)() }
    const at = int(entries.length)
    return Object.fromEntries(entries.map(([name, part], i) => [name, i === at ? mutate(part, depth + 1) : part]))
  }
  const report = { calls: 0, answers: {} as Record<string, number>, leaks: [] as string[], oddAnswers: [] as string[], slowestMs: 0 }
  const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const textOf = (answer: unknown) => JSON.stringify(answer, (_name, part: unknown) => (ArrayBuffer.isView(part) ? hex(new Uint8Array(part.buffer)) : part)) ?? 'undefined'
  const judge = (channel: string, answer: unknown): string => {
    const text = textOf(answer)
    if (secrets.some((secret) => text.includes(secret))) report.leaks.push(channel)
    const { ok, error } = (answer ?? {}) as { ok?: boolean; error?: { code?: string } }
    if (typeof ok !== 'boolean' || (!ok && !/^[a-z]+\/[a-z-]+$/.test(error?.code ?? ''))) report.oddAnswers.push(`${channel}: ${text.slice(0, 200)}`)
    return ok ? 'ok' : (error?.code ?? '')
  }
  const callOnce = async (channel: string, request: unknown): Promise<void> => {
    for (;;) {
      const startedMs = performance.now()
      const code = await (async () => api.invoke(channel, request))().then(
        (answer) => judge(channel, answer),
        () => 'uncloneable', // the request did not leave the page
      )
      if (code === 'request/too-many') {
        await new Promise((resolve) => setTimeout(resolve, 250))
        continue
      }
      report.slowestMs = Math.max(report.slowestMs, performance.now() - startedMs)
      report.calls++
      report.answers[`${channel} ${code}`] = (report.answers[`${channel} ${code}`] ?? 0) + 1
      return
    }
  }
  /** Any object without keys, a Map or bytes of length 0 too, is a valid empty request. */
  const spoil = (channel: string, request: unknown): unknown =>
    ending.includes(channel) && typeof request === 'object' && request !== null && !Array.isArray(request) ? { never: request } : request
  for (const [channel, given] of Object.entries(channels)) {
    const { bytes } = given as { bytes?: number[] }
    const request = bytes ? { ...(given as object), bytes: new Uint8Array(bytes) } : given // bytes do not come here as such
    for (let left = callsEach; left > 0; left -= 50) await Promise.all(Array.from({ length: Math.min(50, left) }, () => callOnce(channel, spoil(channel, mutate(request, 0)))))
  }
  return report
}
