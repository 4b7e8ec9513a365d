import { afterEach, describe, expect, it, vi } from 'vitest'
import { requireSameOrigin } from '@/app/_server/http/same-origin'

const app = 'http://localhost:3000'

function request(headers: Record<string, string>, method = 'POST') {
  return new Request(`${app}/api/v1/jobs`, {
    method,
    headers: { host: 'localhost:3000', ...headers },
  })
}

function outcomeOf(headers: Record<string, string>, method?: string) {
  try {
    requireSameOrigin(request(headers, method))
    return 'allowed'
  } catch (error) {
    return error instanceof Error ? error.name : 'thrown'
  }
}

describe('requireSameOrigin', () => {
  it.each([
    ['its own origin', { origin: app }],
    ['its own origin, with fetch metadata', { origin: app, 'sec-fetch-site': 'same-origin' }],
    ['no origin, with fetch metadata', { 'sec-fetch-site': 'same-origin' }],
    [
      'another host, when it was asked for by it',
      { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' },
    ],
    [
      'a host that a proxy passed on',
      {
        host: 'web:3000',
        'x-forwarded-host': 'jobs.example.com',
        origin: 'https://jobs.example.com',
      },
    ],
  ])('allows %s', (_name, headers) => {
    expect(outcomeOf(headers)).toBe('allowed')
  })

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://localhost:3001' }],
    ['an opaque origin', { origin: 'null' }],
    [
      'an opaque origin that claims to be same-origin',
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
    ],
    ['a sibling site', { origin: app, 'sec-fetch-site': 'same-site' }],
    ['another site', { origin: app, 'sec-fetch-site': 'cross-site' }],
    ['nothing that says where it comes from', {}],
    ['an origin that is no URL', { origin: 'localhost:3000, evil' }],
    ['its own name as another host’s beginning', { origin: 'http://localhost:3000.evil.example' }],
  ])('refuses %s', (_name, headers) => {
    expect(outcomeOf(headers)).toBe('AppError')
  })

  it('leaves reads alone', () => {
    expect(outcomeOf({ origin: 'https://evil.example' }, 'GET')).toBe('allowed')
  })

  it.each(['PUT', 'PATCH', 'DELETE'])('covers %s', (method) => {
    expect(outcomeOf({ origin: 'https://evil.example' }, method)).toBe('AppError')
  })
})

describe('requireSameOrigin, where the operator named the address', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.resetModules()
  })

  async function verdictAt(headers: Record<string, string>) {
    vi.stubEnv('APP_URL', 'https://jobs.example.com/')
    vi.resetModules()
    const named = await import('@/app/_server/http/same-origin')
    try {
      named.requireSameOrigin(request(headers))
      return 'allowed'
    } catch (error) {
      return error instanceof Error ? error.name : 'thrown'
    }
  }

  it('allows that address, whatever host a proxy asks for [S18]', async () => {
    const origin = 'https://jobs.example.com'
    expect(await verdictAt({ host: 'web:3000', origin })).toBe('allowed')
  })

  it.each([
    ['its name over another scheme', { origin: 'http://jobs.example.com' }],
    ['its name at another port', { origin: 'https://jobs.example.com:8443' }],
    [
      'another host, even when it was asked for by it',
      { host: 'evil.example', origin: 'https://evil.example' },
    ],
    [
      'another host that claims to have been asked for',
      { 'x-forwarded-host': 'evil.example', origin: 'https://evil.example' },
    ],
    ['the address it listens at', { origin: app }],
  ])('refuses %s [S18]', async (_name, headers) => {
    expect(await verdictAt({ host: 'jobs.example.com', ...headers })).toBe('AppError')
  })
})
