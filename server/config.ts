import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

const isRoot = process.getuid?.() === 0
const defaultDataDir = isRoot ? '/var/lib/rapport' : join(homedir(), '.local', 'share', 'rapport-server')

const emptyAsAbsent = (value: unknown): unknown => (value === '' ? undefined : value)
const countField = (fallback: number) => z.preprocess(emptyAsAbsent, z.coerce.number().int().min(1).max(1_000_000).default(fallback))

const environmentSchema = z.object({
  HOST: z.preprocess(emptyAsAbsent, z.string().default('127.0.0.1')),
  PORT: z.preprocess(emptyAsAbsent, z.coerce.number().int().min(0).max(65_535).default(4780)), // 0 = any free port
  DATABASE_URL: z.preprocess(emptyAsAbsent, z.string().startsWith('postgres').optional()), // absent = the embedded PostgreSQL
  DATABASE_OWNER_URL: z.preprocess(emptyAsAbsent, z.string().startsWith('postgres').optional()), // absent = DATABASE_URL makes its own tables
  RAPPORT_DATA_DIR: z.preprocess(emptyAsAbsent, z.string().default(defaultDataDir)),
  RAPPORT_WITNESS_DIR: z.preprocess(emptyAsAbsent, z.string().optional()), // absent = beside the data folder; better on another machine's disk
  RAPPORT_FIRM_NAME: z.preprocess(emptyAsAbsent, z.string().max(200).optional()), // absent = the name in the database
  RAPPORT_FIRM_IBANS: z.preprocess(emptyAsAbsent, z.string().default('')), // comma-separated; money from these is no evidence
  RAPPORT_SAMPLE: z.preprocess(emptyAsAbsent, z.enum(['0', '1']).default('0')),
  RAPPORT_SAMPLE_SCALE: z.preprocess(emptyAsAbsent, z.coerce.number().min(0.05).max(100).default(1)), // 1 = 400 households
  RAPPORT_SAMPLE_SEED: countField(1), // the same seed gives the same firm
  RAPPORT_TRUST_PROXY: z.preprocess(emptyAsAbsent, z.enum(['0', '1']).default('0')), // 1 = take the caller's address from X-Forwarded-For
  RAPPORT_SIGN_INS_PER_ACCOUNT: countField(5), // a minute
  RAPPORT_SIGN_INS_PER_IP: countField(20), // a minute
  RAPPORT_OFFLINE_LEASE_HOURS: z.preprocess(emptyAsAbsent, z.coerce.number().int().min(1).max(336).default(72)), // how long a laptop opens without having reached the server
  RAPPORT_OIDC_ISSUER: z.preprocess(emptyAsAbsent, z.url().optional()), // of the office's identity provider; absent = passphrases only
  RAPPORT_OIDC_CLIENT_ID: z.preprocess(emptyAsAbsent, z.string().min(1).max(200).optional()),
  RAPPORT_OIDC_CLIENT_SECRET: z.preprocess(emptyAsAbsent, z.string().min(1).max(500).optional()), // absent = a public client
  RAPPORT_OIDC_NAME: z.preprocess(emptyAsAbsent, z.string().max(60).default('Office account')), // on the button
  RAPPORT_REQUESTS_PER_SECOND: countField(100), // of one device, push and pull each
  RAPPORT_RECOVERY_KEY: z.preprocess(emptyAsAbsent, z.base64().length(44).optional()), // public; `npm run recover -- new-key` makes it
  LOG_LEVEL: z.preprocess(emptyAsAbsent, z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info')),
})

export interface OidcConfig {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | null // null = a public client
  readonly name: string
}

export interface Config {
  readonly host: string
  readonly port: number
  readonly databaseUrl: string | null // null = the embedded PostgreSQL
  readonly databaseOwnerUrl: string | null // null = DATABASE_URL
  readonly dataDir: string
  readonly witnessDir: string
  readonly firmName: string | null // null = the name in the database
  readonly firmIbans: readonly string[]
  readonly sample: { readonly scale: number; readonly seed: number } | null // null = none
  readonly isBehindProxy: boolean
  readonly signInsPerAccount: number
  readonly signInsPerIp: number
  readonly requestsPerSecond: number
  readonly recoveryKey: string | null // null = what laptops hold can be recovered by nobody
  readonly offlineLeaseMs: number
  readonly oidc: OidcConfig | null // null = passphrases only
  readonly logLevel: string
}

/** The configuration out of the environment. Throws with one line per wrong variable. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environmentSchema.safeParse(environment)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The configuration is wrong:\n${lines.join('\n')}`)
  }
  const e = parsed.data
  return {
    host: e.HOST,
    port: e.PORT,
    databaseUrl: e.DATABASE_URL ?? null,
    databaseOwnerUrl: e.DATABASE_OWNER_URL ?? null,
    dataDir: e.RAPPORT_DATA_DIR,
    witnessDir: e.RAPPORT_WITNESS_DIR ?? `${e.RAPPORT_DATA_DIR}-witness`,
    firmName: e.RAPPORT_FIRM_NAME ?? null,
    firmIbans: e.RAPPORT_FIRM_IBANS.split(',')
      .map((iban) => iban.replace(/\s/g, '').toUpperCase())
      .filter(Boolean),
    sample: e.RAPPORT_SAMPLE === '1' ? { scale: e.RAPPORT_SAMPLE_SCALE, seed: e.RAPPORT_SAMPLE_SEED } : null,
    isBehindProxy: e.RAPPORT_TRUST_PROXY === '1',
    signInsPerAccount: e.RAPPORT_SIGN_INS_PER_ACCOUNT,
    signInsPerIp: e.RAPPORT_SIGN_INS_PER_IP,
    requestsPerSecond: e.RAPPORT_REQUESTS_PER_SECOND,
    recoveryKey: e.RAPPORT_RECOVERY_KEY ?? null,
    offlineLeaseMs: e.RAPPORT_OFFLINE_LEASE_HOURS * 3_600_000,
    oidc: oidcOf(e),
    logLevel: e.LOG_LEVEL,
  }
}

function oidcOf(e: z.infer<typeof environmentSchema>): OidcConfig | null {
  if (e.RAPPORT_OIDC_ISSUER === undefined) return null
  if (e.RAPPORT_OIDC_CLIENT_ID === undefined) throw new Error('The configuration is wrong:\n  RAPPORT_OIDC_CLIENT_ID: needed beside RAPPORT_OIDC_ISSUER')
  return { issuer: e.RAPPORT_OIDC_ISSUER, clientId: e.RAPPORT_OIDC_CLIENT_ID, clientSecret: e.RAPPORT_OIDC_CLIENT_SECRET ?? null, name: e.RAPPORT_OIDC_NAME }
}
