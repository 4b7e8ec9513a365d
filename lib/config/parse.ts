import path from 'node:path'
import {
  concurrencyVariable,
  type Environment,
  environmentSchema,
  queueLocations,
  requiredTogether,
} from './schema'

export type RedisConfig =
  | { kind: 'standalone'; url: string }
  | { kind: 'sentinel'; sentinels: { host: string; port: number }[]; name: string }
  | { kind: 'cluster'; nodes: { host: string; port: number }[] }

export type S3Config = {
  bucket: string
  endpoint: string | undefined
  region: string
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined
}

/** The proxies whose forwarding headers are believed: the nearest so many, or those within the ranges. */
export type TrustProxy = { hops: number; ranges: string[] }

type OAuthConfig = { clientId: string; clientSecret: string }

/** The environment, parsed: what the rest of the program may know about it. */
export type Config = {
  mode: 'production' | 'development' | 'test'
  port: number
  host: string
  /** Where browsers reach the app, without a trailing slash. */
  appUrl: string
  trustProxy: TrustProxy
  /** Undefined until `bin` generated one into the data directory. */
  authSecret: string | undefined
  /** Absolute path. */
  dataDir: string
  /** Undefined: the launcher runs an embedded PostgreSQL. */
  databaseUrl: string | undefined
  /** Undefined: the queues live in PostgreSQL. */
  redis: RedisConfig | undefined
  /** Separates installations that share one Redis; lower case. */
  queuePrefix: string
  /** `smtpUrl` undefined: mail is kept in the outbox. */
  mail: { smtpUrl: string | undefined; from: string }
  /** Undefined: files live under the data directory. */
  s3: S3Config | undefined
  github: OAuthConfig | undefined
  google: OAuthConfig | undefined
  signUp: 'open' | 'invite' | 'closed'
  /** API requests a minute: of one key or signed-in person, and of one address without identity. */
  rateLimit: { perKey: number; perAddress: number }
  /** Undefined: this worker serves every queue. */
  workerQueues: string[] | undefined
  /** Jobs at once by queue, where the operator overrides the definition. */
  concurrency: Record<string, number>
  webhookAllowCidrs: string[]
  metricsToken: string | undefined
  logLevel: Environment['LOG_LEVEL']
  otlpEndpoint: string | undefined
  /** The origin of `APP_URL`; undefined: the app answers to whatever address it is reached at. */
  appOrigin: string | undefined
}

/** The environment cannot be used; `problems` has one line per variable, with what is expected. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  constructor(readonly problems: string[]) {
    super(`The environment is not valid:\n${problems.map((line) => `  ${line}`).join('\n')}`)
  }
}

/**
 * Parses and checks an environment.
 * @throws {ConfigError} naming each bad variable and what it expects
 */
export function parseConfig(source: Record<string, string | undefined>): Config {
  const parsed = environmentSchema.safeParse(source)
  const problems = parsed.success
    ? dependencyProblems(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  const concurrency = parseConcurrency(source, problems)
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  return { ...toConfig(parsed.data), concurrency }
}

function dependencyProblems(env: Environment): string[] {
  const problems: string[] = []
  for (const group of requiredTogether) {
    const missing = group.filter((name) => env[name] === undefined)
    if (missing.length > 0 && missing.length < group.length) {
      problems.push(`${missing.join(', ')}: required together with ${group.join(', ')}`)
    }
  }
  const locations = queueLocations.filter((name) => env[name] !== undefined)
  if (locations.length > 1) problems.push(`${locations.join(', ')}: set only one of these`)
  if (env.NODE_ENV === 'production' && env.DATABASE_URL && !env.AUTH_SECRET) {
    problems.push(
      'AUTH_SECRET: required with NODE_ENV=production and DATABASE_URL; make one with: openssl rand -base64 32',
    )
  }
  return problems
}

function parseConcurrency(source: Record<string, string | undefined>, problems: string[]) {
  const concurrency: Record<string, number> = {}
  for (const [name, value] of Object.entries(source)) {
    const queue = concurrencyVariable.exec(name)?.[1]
    if (!queue || !value) continue
    const number = Number(value)
    if (Number.isInteger(number) && number >= 1 && number <= 10_000) {
      concurrency[queue.toLowerCase().replaceAll('_', '-')] = number
    } else {
      problems.push(`${name}: expected a whole number from 1 to 10000`)
    }
  }
  return concurrency
}

function toConfig(env: Environment): Omit<Config, 'concurrency'> {
  return {
    mode: env.NODE_ENV,
    port: env.PORT,
    host: env.HOST,
    appUrl: (env.APP_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ''),
    trustProxy: env.TRUST_PROXY,
    authSecret: env.AUTH_SECRET,
    dataDir: path.resolve(/*turbopackIgnore: true*/ env.DATA_DIR),
    databaseUrl: env.DATABASE_URL,
    redis: redisConfig(env),
    queuePrefix: env.QUEUE_PREFIX,
    mail: { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM },
    s3: s3Config(env),
    github: oauth(env.GITHUB_ID, env.GITHUB_SECRET),
    google: oauth(env.GOOGLE_ID, env.GOOGLE_SECRET),
    signUp: env.SIGN_UP,
    rateLimit: { perKey: env.RATE_LIMIT_PER_KEY, perAddress: env.RATE_LIMIT_PER_ADDRESS },
    workerQueues: env.WORKER_QUEUES,
    webhookAllowCidrs: env.WEBHOOK_ALLOW_CIDRS,
    metricsToken: env.METRICS_TOKEN,
    logLevel: env.LOG_LEVEL,
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    appOrigin: env.APP_URL ? new URL(env.APP_URL).origin : undefined,
  }
}

function redisConfig(env: Environment): RedisConfig | undefined {
  if (env.REDIS_URL) return { kind: 'standalone', url: env.REDIS_URL }
  if (env.REDIS_SENTINELS && env.REDIS_SENTINEL_NAME) {
    return {
      kind: 'sentinel',
      sentinels: env.REDIS_SENTINELS.map(hostAndPort),
      name: env.REDIS_SENTINEL_NAME,
    }
  }
  if (env.REDIS_CLUSTER_NODES) {
    return { kind: 'cluster', nodes: env.REDIS_CLUSTER_NODES.map(hostAndPort) }
  }
  return undefined
}

function hostAndPort(value: string) {
  const separator = value.lastIndexOf(':')
  return { host: value.slice(0, separator), port: Number(value.slice(separator + 1)) }
}

function s3Config(env: Environment): S3Config | undefined {
  if (!env.S3_BUCKET) return undefined
  const credentials =
    env.S3_ACCESS_KEY_ID && env.S3_SECRET_ACCESS_KEY
      ? { accessKeyId: env.S3_ACCESS_KEY_ID, secretAccessKey: env.S3_SECRET_ACCESS_KEY }
      : undefined
  return { bucket: env.S3_BUCKET, endpoint: env.S3_ENDPOINT, region: env.S3_REGION, credentials }
}

function oauth(clientId: string | undefined, clientSecret: string | undefined) {
  return clientId && clientSecret ? { clientId, clientSecret } : undefined
}
