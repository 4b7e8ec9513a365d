import { afterEach, expect, it, vi } from 'vitest'

afterEach(() => {
  vi.resetModules()
  for (const name of ['APP_URL', 'NEXTAUTH_URL', 'AUTH_TRUST_HOST']) delete process.env[name]
})

async function prepare(appUrl?: string) {
  if (appUrl) process.env.APP_URL = appUrl
  const { prepareAuthEnvironment } = await import('@/lib/config/auth-environment')
  prepareAuthEnvironment()
  return { url: process.env.NEXTAUTH_URL, trusts: process.env.AUTH_TRUST_HOST }
}

it('answers at any host until the operator names one', async () => {
  process.env.NEXTAUTH_URL = 'https://left-over.example'
  expect(await prepare()).toEqual({ url: undefined, trusts: 'true' })
})

it('answers at the operator’s address only, once there is one', async () => {
  expect(await prepare('https://jobs.example.com/')).toEqual({
    url: 'https://jobs.example.com',
    trusts: undefined,
  })
})

it.each([
  [undefined, 'next-auth.session-token', false],
  ['https://jobs.example.com', '__Host-next-auth.session-token', true],
])('with the address %s keeps sessions in %s', async (appUrl, name, secure) => {
  if (appUrl) process.env.APP_URL = appUrl
  const { sessionCookie } = await import('@/lib/auth/session-token')
  expect(sessionCookie()).toEqual({
    name,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
  })
})
