import { isIP } from 'node:net'
import { z } from 'zod'

/** An environment variable that is unset and one that is empty mean the same. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema)

const url = (...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `expected a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  })

const port = z.coerce
  .number({ error: 'expected a port number from 1 to 65535' })
  .int({ error: 'expected a port number from 1 to 65535' })
  .min(1, { error: 'expected a port number from 1 to 65535' })
  .max(65535, { error: 'expected a port number from 1 to 65535' })

const perMinute = z.coerce
  .number({ error: 'expected a whole number of requests a minute' })
  .int({ error: 'expected a whole number of requests a minute' })
  .min(1, { error: 'expected at least 1 request a minute' })

const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
)

const hostPorts = list.pipe(
  z.array(
    z.string().regex(/^[^:\s]+:\d{1,5}$/, { error: 'expected host:port, separated by commas' }),
  ),
)

const cidrs = list.pipe(
  z.array(
    z.string().refine(isCidr, {
      error: 'expected ranges like 10.0.0.0/8 or fd00::/8, separated by commas',
    }),
  ),
)

/** How many proxies stand in front, or the ranges they have their addresses in. */
const proxies = z
  .string()
  .refine((value) => /^([1-9]|10)$/.test(value) || value.split(',').every(isAddressOrCidr), {
    error: 'expected how many proxies are in front (1 to 10), or their ranges like 10.0.0.0/8',
  })
  .transform((value) =>
    /^\d+$/.test(value)
      ? { hops: Number(value), ranges: [] }
      : { hops: 0, ranges: value.split(',').map((range) => asCidr(range.trim())) },
  )

function isAddressOrCidr(value: string): boolean {
  return isCidr(asCidr(value.trim()))
}

/** One address is the range of itself. */
function asCidr(value: string): string {
  const bits = { 0: '', 4: '/32', 6: '/128' }[isIP(value)]
  return `${value}${bits}`
}

function isCidr(value: string): boolean {
  const [address = '', bits = '', ...rest] = value.split('/')
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  if (rest.length > 0 || address.includes('%')) return false
  return /^\d{1,3}$/.test(bits) && Number(bits) <= longest
}

/** Every variable of the environment that Millrace reads, documented for people in `.env.example`. */
export const environmentSchema = z.object({
  NODE_ENV: optional(z.enum(['production', 'development', 'test']).default('development')),
  PORT: optional(port.default(3000)),
  HOST: optional(z.string().default('127.0.0.1')),
  APP_URL: optional(url('http:', 'https:').optional()),
  TRUST_PROXY: optional(proxies.default({ hops: 0, ranges: [] })),
  AUTH_SECRET: optional(
    z.string().min(32, { error: 'expected at least 32 characters' }).optional(),
  ),
  DATA_DIR: optional(z.string().default('.data')),
  DATABASE_URL: optional(url('postgres:', 'postgresql:').optional()),
  REDIS_URL: optional(url('redis:', 'rediss:').optional()),
  REDIS_SENTINELS: optional(hostPorts.optional()),
  REDIS_SENTINEL_NAME: optional(z.string().optional()),
  REDIS_CLUSTER_NODES: optional(hostPorts.optional()),
  QUEUE_PREFIX: optional(
    z
      .string()
      .regex(/^[a-z0-9_-]{1,40}$/, { error: 'expected 1 to 40 of a-z, 0-9, _ and -' })
      .default('millrace'),
  ),
  SMTP_URL: optional(url('smtp:', 'smtps:').optional()),
  MAIL_FROM: optional(z.string().default('Millrace <millrace@localhost>')),
  S3_BUCKET: optional(z.string().optional()),
  S3_ENDPOINT: optional(url('http:', 'https:').optional()),
  S3_REGION: optional(z.string().default('us-east-1')),
  S3_ACCESS_KEY_ID: optional(z.string().optional()),
  S3_SECRET_ACCESS_KEY: optional(z.string().optional()),
  GITHUB_ID: optional(z.string().optional()),
  GITHUB_SECRET: optional(z.string().optional()),
  GOOGLE_ID: optional(z.string().optional()),
  GOOGLE_SECRET: optional(z.string().optional()),
  SIGN_UP: optional(
    z
      .enum(['open', 'invite', 'closed'], { error: 'expected open, invite or closed' })
      .default('open'),
  ),
  RATE_LIMIT_PER_KEY: optional(perMinute.default(180_000)),
  RATE_LIMIT_PER_ADDRESS: optional(perMinute.default(600)),
  WORKER_QUEUES: optional(list.optional()),
  WEBHOOK_ALLOW_CIDRS: optional(cidrs.default([])),
  METRICS_TOKEN: optional(
    z.string().min(16, { error: 'expected at least 16 characters' }).optional(),
  ),
  LOG_LEVEL: optional(
    z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
        error: 'expected trace, debug, info, warn, error or silent',
      })
      .default('info'),
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(url('http:', 'https:').optional()),
})

export type Environment = z.infer<typeof environmentSchema>

/** Variables that mean nothing, or something else, without each other. */
export const requiredTogether: readonly (readonly (keyof Environment)[])[] = [
  ['REDIS_SENTINELS', 'REDIS_SENTINEL_NAME'],
  ['GITHUB_ID', 'GITHUB_SECRET'],
  ['GOOGLE_ID', 'GOOGLE_SECRET'],
  ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
]

/** At most one of these says where the queues are. */
export const queueLocations = [
  'REDIS_URL',
  'REDIS_SENTINELS',
  'REDIS_CLUSTER_NODES',
] as const satisfies readonly (keyof Environment)[]

export const concurrencyVariable = /^WORKER_CONCURRENCY_([A-Z0-9_]+)$/
