import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, parseConfig } from '@/lib/config/parse'

const SECRET = 'x'.repeat(32)

function problems(environment: Record<string, string>): string[] {
  try {
    parseConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

describe('the environment', () => {
  test('may be empty', () => {
    expect(parseConfig({})).toMatchObject({
      mode: 'development',
      port: 3000,
      host: '127.0.0.1',
      appUrl: 'http://localhost:3000',
      authSecret: undefined,
      dataDir: path.resolve('.data'),
      databaseUrl: undefined,
      redis: undefined,
      queuePrefix: 'millrace',
      mail: { smtpUrl: undefined },
      s3: undefined,
      signUp: 'open',
      workerQueues: undefined,
      concurrency: {},
      rateLimit: { perKey: 180_000, perAddress: 600 },
      webhookAllowCidrs: [],
      logLevel: 'info',
    })
  })

  test('treats an empty variable like one that is not set', () => {
    expect(parseConfig({ PORT: '', DATABASE_URL: '', SIGN_UP: '' })).toEqual(parseConfig({}))
  })

  test('names every bad variable at once, each with what is expected', () => {
    const found = problems({
      PORT: '70000',
      SIGN_UP: 'maybe',
      REDIS_URL: 'http://x',
      LOG_LEVEL: 'no',
    })
    expect(found).toHaveLength(4)
    expect(found).toContain('PORT: expected a port number from 1 to 65535')
    expect(found).toContain('SIGN_UP: expected open, invite or closed')
    expect(found).toContain('REDIS_URL: expected a URL that starts with redis:// or rediss://')
    expect(found.join()).toContain('LOG_LEVEL: expected trace, debug')
  })

  test.each([
    ['PORT', '0'],
    ['PORT', '3000.5'],
    ['PORT', 'http'],
    ['APP_URL', 'localhost:3000'],
    ['AUTH_SECRET', 'short'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['QUEUE_PREFIX', 'Mill Race'],
    ['SMTP_URL', 'localhost'],
    ['METRICS_TOKEN', 'short'],
    ['WORKER_CONCURRENCY_EMAIL', '0'],
    ['WORKER_CONCURRENCY_EMAIL', 'many'],
    ['REDIS_SENTINELS', 'no-port'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector'],
    ['WEBHOOK_ALLOW_CIDRS', '10.0.0.0'],
    ['WEBHOOK_ALLOW_CIDRS', '10.0.0.0/8, 10/8'],
    ['WEBHOOK_ALLOW_CIDRS', '10.0.0.0/33'],
    ['WEBHOOK_ALLOW_CIDRS', 'fd00::/129'],
    ['WEBHOOK_ALLOW_CIDRS', 'fe80::1%eth0/64'],
    ['WEBHOOK_ALLOW_CIDRS', 'internal.example'],
  ])('refuses %s=%s by name', (name, value) => {
    const found = problems({ [name]: value })
    expect(found.length).toBeGreaterThan(0)
    expect(found[0]).toMatch(new RegExp(`^${name}`))
  })

  test('never repeats a value, which may be a secret', () => {
    const found = problems({ AUTH_SECRET: 'hunter2', DATABASE_URL: 'hunter2', SMTP_URL: 'hunter2' })
    expect(found.join()).not.toContain('hunter2')
  })

  test.each([
    [{ GITHUB_ID: 'a' }, 'GITHUB_SECRET'],
    [{ GOOGLE_SECRET: 'a' }, 'GOOGLE_ID'],
    [{ S3_ACCESS_KEY_ID: 'a' }, 'S3_SECRET_ACCESS_KEY'],
    [{ REDIS_SENTINELS: 'a:1' }, 'REDIS_SENTINEL_NAME'],
  ])('wants what belongs together: %o', (environment, missing) => {
    expect(problems(environment)).toEqual([
      expect.stringMatching(new RegExp(`^${missing}: required`)),
    ])
  })

  test('wants one place for the queues', () => {
    const found = problems({ REDIS_URL: 'redis://a', REDIS_CLUSTER_NODES: 'a:1' })
    expect(found).toEqual(['REDIS_URL, REDIS_CLUSTER_NODES: set only one of these'])
  })

  test('wants AUTH_SECRET in production behind a database of the operator', () => {
    const production = { NODE_ENV: 'production', DATABASE_URL: 'postgres://db/millrace' }
    expect(problems(production)).toEqual([expect.stringMatching(/^AUTH_SECRET: required/)])
    expect(problems({ ...production, AUTH_SECRET: SECRET })).toEqual([])
    expect(problems({ NODE_ENV: 'production' })).toEqual([])
  })

  test('reads where Redis is', () => {
    expect(parseConfig({ REDIS_URL: 'rediss://r:6380' }).redis).toEqual({
      kind: 'standalone',
      url: 'rediss://r:6380',
    })
    expect(parseConfig({ REDIS_SENTINELS: 'a:1, b:2', REDIS_SENTINEL_NAME: 'main' }).redis).toEqual(
      {
        kind: 'sentinel',
        sentinels: [
          { host: 'a', port: 1 },
          { host: 'b', port: 2 },
        ],
        name: 'main',
      },
    )
    expect(parseConfig({ REDIS_CLUSTER_NODES: 'a:1' }).redis).toEqual({
      kind: 'cluster',
      nodes: [{ host: 'a', port: 1 }],
    })
  })

  test('reads lists, numbers by queue, and URLs without a trailing slash', () => {
    const config = parseConfig({
      APP_URL: 'https://jobs.example.com/',
      WORKER_QUEUES: 'email, reports',
      WORKER_CONCURRENCY_IMAGE_PROCESSING: '3',
      WEBHOOK_ALLOW_CIDRS: '10.0.0.0/8, fd00::/8',
    })
    expect(config).toMatchObject({
      appUrl: 'https://jobs.example.com',
      workerQueues: ['email', 'reports'],
      concurrency: { 'image-processing': 3 },
      webhookAllowCidrs: ['10.0.0.0/8', 'fd00::/8'],
    })
  })
})
