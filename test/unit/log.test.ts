import { describe, expect, it } from 'vitest'
import { parseConfig } from '@/lib/config/parse'
import { configuredSecrets } from '@/lib/config/secrets'
import { addLogFields, withLogFields } from '@/lib/telemetry/context'
import { createLogger } from '@/lib/telemetry/logger'
import { redactExcerpt, redactText } from '@/lib/text/redact'

process.env.LOG_LEVEL = 'debug'

/** The lines that `say` leads to, parsed. */
function linesOf(say: (log: ReturnType<typeof createLogger>) => void) {
  const lines: string[] = []
  say(createLogger({ write: (line) => void lines.push(line) }))
  return lines.map((line) => JSON.parse(line))
}

describe('a log line', () => {
  it('says which request it belongs to, and who asked once that is known', () => {
    const lines = linesOf((log) => {
      log.info('before')
      withLogFields({ requestId: 'r-1' }, () => {
        log.info('begun')
        addLogFields({ userId: 'u-1' })
        log.info('signed in')
      })
      log.info('after')
    })
    expect(lines).toMatchObject([{}, { requestId: 'r-1' }, { requestId: 'r-1', userId: 'u-1' }, {}])
    expect(lines.map((line) => 'requestId' in line)).toEqual([false, true, true, false])
    expect(lines.map((line) => 'userId' in line)).toEqual([false, false, true, false])
  })

  it('keeps what it says itself over what its surroundings say', () => {
    const lines = linesOf((log) =>
      withLogFields({ jobId: 'around' }, () => log.info({ jobId: 'own' }, 'x')),
    )
    expect(lines).toMatchObject([{ jobId: 'own' }])
  })

  it('masks secrets by name at any depth, and leaves the rest', () => {
    const [line] = linesOf((log) =>
      log.info({ a: { b: [{ password: 'p1', apiKey: 'k', name: 'Ann' }] }, Cookie: 'c', count: 3 }),
    )
    const secret = '[redacted]'
    expect(line).toMatchObject({
      a: { b: [{ password: secret, apiKey: secret, name: 'Ann' }] },
      Cookie: secret,
      count: 3,
    })
  })

  it('tells of an error its words, causes and errors, and none of its properties', () => {
    const cause = Object.assign(new Error('below'), { code: 'E1' })
    const error = Object.assign(new AggregateError([new Error('one')], 'above', { cause }), {
      command: { name: 'auth', args: ['hunter2'] },
    })
    const [line] = linesOf((log) => log.error({ err: error }, 'x'))
    expect(line.err).toMatchObject({
      type: 'AggregateError',
      message: 'above',
      stack: expect.stringContaining('log.test.ts'),
      cause: { message: 'below', code: 'E1' },
      errors: [{ message: 'one' }],
    })
    expect(JSON.stringify(line)).not.toContain('hunter2')
  })

  it('is cut where a field is long, with no half of a secret at its end [S1]', () => {
    const [line] = linesOf((log) =>
      log.error(
        { err: new Error('x'.repeat(100_000)), url: `${'y'.repeat(8_190)}mr_0123456789ab` },
        'z',
      ),
    )
    expect(JSON.stringify(line).length).toBeLessThan(40_000)
    expect(JSON.stringify(line)).not.toContain('012345')
  })

  it('survives what refers to itself', () => {
    const loop: Record<string, unknown> = { name: 'loop' }
    loop.self = loop
    expect(linesOf((log) => log.info({ loop }))).toMatchObject([{ loop: { name: 'loop' } }])
  })
})

describe('text', () => {
  it.each([
    ['key mr_q3ZrVd8ybzAA-_0123 used', 'key mr_[redacted] used'],
    ['whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD/w==.', 'whsec_[redacted].'],
    ['Authorization: Bearer abc.def-123', 'Authorization: Bearer [redacted]'],
    ['authorization: basic YW5uOnB3', 'authorization: basic [redacted]'],
    ['at postgres://ann:p%40ss@db:5432/x', 'at postgres://[redacted]@db:5432/x'],
    ['redis://:hunter2@cache', 'redis://[redacted]@cache'],
    ['https://hooks.slack.com/services/T0/B0/xyz', 'https://hooks.slack.com/services/[redacted]'],
    ['GET /reset-password?token=abc&x=1', 'GET /reset-password?token=[redacted]&x=1'],
    ['eyJhbGciOiJkaXIi..abc.def.ghi', '[redacted]'],
  ])('%s', (text, redacted) => {
    expect(redactText(text)).toBe(redacted)
  })

  it.each([
    'https://example.com:8080/a@b',
    'Ann <ann@example.com> asked at 12:30',
    'Bearer of good news',
    '{"url":"http://localhost:3000","mail":"ann@example.com"}',
  ])('leaves %s alone', (text) => {
    expect(redactText(text)).toBe(text)
  })
})

describe('text from outside', () => {
  /** What one user's receiver may answer, or a stranger may ask for: none of it may stop the others. */
  const hostile = [
    'aa://',
    'aa://:',
    'a://b:',
    ':',
    'eyJ',
    'eyJ-',
    'eyJ00000000-',
    'mr_',
    'mr_-',
    'whsec_',
  ]
  const more = [
    'whsec_-',
    'Bearer ',
    'basic  ',
    '?token',
    '&a-token',
    'hooks.slack.com/services/',
    '?-',
  ]

  it.each([...hostile, ...more])('takes no longer than its length for many of %j [S1]', (piece) => {
    const text = `aa://${piece.repeat(256 * 1024)}`.slice(0, 256 * 1024)
    const start = process.cpuUsage()
    redactText(text)
    redactText(`${piece}${':'.repeat(256 * 1024)}`)
    redactText(`${piece}${' '.repeat(256 * 1024)}`)
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1_000).toBeLessThan(400)
  })

  it.each([90, 97, 99, 100, 104])(
    'shows no part of a secret that lies across a cut at %i [S1]',
    (at) => {
      const secret = 'mr_q3ZrVd8ybzAA-_0123'
      const text = `${'x'.repeat(at - 4)} ${secret} ${'x'.repeat(5_000)}`
      expect(redactExcerpt(text, 100)).not.toContain('q3Z')
      expect(redactExcerpt(text, 100).length).toBeLessThanOrEqual(100)
      const url = `${'x'.repeat(at - 4)} postgres://ann:${'p'.repeat(400)}@db/x ${'x'.repeat(5_000)}`
      expect(redactExcerpt(url, 100)).not.toContain('ppp')
    },
  )
})

describe('the operator’s secrets', () => {
  it('are known in each way that they may be written', () => {
    const secrets = configuredSecrets(
      parseConfig({
        DATABASE_URL: 'postgres://ann:p%22ss%2Fword@db/x',
        SMTP_URL: 'smtp://ann:mail-pass@mx',
        REDIS_URL: 'redis://:cache-pass@cache',
        METRICS_TOKEN: 'a token of the metrics',
        AUTH_SECRET: 'a secret of at least 32 characters',
      }),
    )
    for (const spelling of ['p%22ss%2Fword', 'p"ss/word', 'p\\"ss/word', 'mail-pass']) {
      expect(secrets).toContain(spelling)
    }
    for (const secret of ['cache-pass', 'a token of the metrics', 'a%20token%20of%20the%20metrics'])
      expect(secrets).toContain(secret)
    expect(secrets).not.toContain('')
  })

  it('do not appear in any text', () => {
    expect(redactText(`it was ${process.env.AUTH_SECRET}`)).toBe('it was [redacted]')
  })
})
