import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { sessionCookie } from '@/lib/auth/session-token'
import { createUser } from '@/lib/auth/users'
import { type Proof, refusedSessions, sessionOf } from '@/test/support/actors'
import { createApiUser } from '@/test/support/api'
import { apiApp } from '@/test/support/api-app'
import { rowCounts } from '@/test/support/row-counts'

/** Server actions that people use who are not signed in: they prove themselves by what they send. */
const open = /^app\/\(auth\)\//

/** What Next.js writes down about the actions of a build. */
const manifest = z.object({
  node: z.record(
    z.string(),
    z.object({
      filename: z.string(),
      exportedName: z.string(),
      workers: z.record(z.string(), z.unknown()),
    }),
  ),
})

const file = path.resolve(import.meta.dirname, '../../.next/server/server-reference-manifest.json')
const actions = Object.entries(manifest.parse(JSON.parse(readFileSync(file, 'utf8'))).node)
  .filter(([, { filename }]) => !open.test(filename))
  .map(([id, { filename, exportedName, workers }]) => ({
    id,
    name: `${filename} ${exportedName}`,
    page: addressOf(
      Object.keys(workers).find((worker) => !worker.includes('/admin/')) ??
        Object.keys(workers)[0] ??
        '',
    ),
  }))

const app = apiApp()
let refused: Record<string, Proof>

beforeAll(async () => {
  await createApiUser('ADMIN')
  refused = { 'nobody signed in': {}, ...(await refusedSessions()) }
})

/** The address of a page that offers an action, with something for each of its parts. */
function addressOf(worker: string): string {
  const segments = worker
    .replace(/^app/, '')
    .replace(/\/page$/, '')
    .split('/')
  const shown = segments.filter((segment) => !segment.startsWith('('))
  return shown.join('/').replace(/\[\w+\]/g, 'x') || '/'
}

test('the build has the actions that the console is known to have', () => {
  expect(actions.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'app/(console)/jobs/[id]/actions.ts cancel',
      'app/(console)/settings/api-keys/actions.ts createKey',
    ]),
  )
})

const ofAdmins = /^app\/\(console\)\/admin\//
const refusals = actions.map((action) => ({
  ...action,
  // To whoever is no admin the admin's side does not exist.
  refusal: ofAdmins.test(action.name)
    ? { status: 404, target: null }
    : { target: expect.stringMatching(/^\/sign-in[?;]/) },
}))

test.each(refusals)('$name is refused to whoever is not signed in', async (action) => {
  const { id, page, refusal } = action
  const before = await rowCounts()
  for (const [who, proof] of Object.entries(refused)) {
    const response = await fetch(`${app.url()}${page}`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'text/plain;charset=UTF-8',
        'next-action': id,
        origin: app.url(),
        ...proof,
      },
      body: '[{},{}]',
    })
    await response.text()
    const target = response.headers.get('x-action-redirect') ?? response.headers.get('location')
    expect({ who, status: response.status, target }).toMatchObject({ who, ...refusal })
  }
  expect(await rowCounts()).toEqual(before)
})

test.each(actions)('$name is refused to other sites', async ({ id, page }) => {
  const response = await fetch(`${app.url()}${page}`, {
    method: 'POST',
    headers: { 'next-action': id, origin: 'https://evil.example' },
    body: '[{},{}]',
  })
  await response.text()
  expect(response.status).toBe(403)
})

describe('signing out ends the session for every copy of its cookie [S9]', () => {
  const works = async (proof: Proof) => (await app.call('GET', '/api/v1/jobs', proof)).status

  test('on the page that asks', async () => {
    const proof = await sessionOf(await createApiUser())
    expect(await works(proof)).toBe(200)
    const page = await (await app.call('GET', '/sign-out', proof)).text()
    const form = new FormData()
    form.set(/name="(\$ACTION_ID_\w+)"/.exec(page)?.[1] ?? '', '')
    const headers = { ...proof, origin: app.url() }
    const response = await app.call('POST', '/sign-out', headers, form)
    expect(response.headers.get('location')).toMatch(/^\/sign-in/)
    expect(await works(proof)).toBe(401)
  })

  test('through next-auth', async () => {
    const person = { email: 'next-auth@example.com', password: 'tall purple wheel' }
    await createUser({ ...person, name: 'Ann' }, 'USER')
    const cookies = (response: Response) =>
      response.headers.getSetCookie().flatMap((cookie) => cookie.split(';')[0] ?? [])
    const csrf = await app.call('GET', '/api/auth/csrf', {})
    const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await csrf.json())
    const post = (path: string, jar: string[], more: object) => {
      const headers = { cookie: jar.join('; '), origin: app.url() }
      return app.call('POST', `/api/auth/${path}`, headers, { csrfToken, json: 'true', ...more })
    }
    const jar = cookies(csrf)
    const session = cookies(await post('callback/credentials', jar, person)).filter((cookie) =>
      cookie.startsWith(sessionCookie().name),
    )
    expect(await works({ cookie: session.join('; ') })).toBe(200)
    await post('signout', [...jar, ...session], {})
    expect(await works({ cookie: session.join('; ') })).toBe(401)
  })
})

test('next-auth leads to the host that was asked for, not to one that a header names [S19]', async () => {
  const forged = { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https' }
  const response = await app.call('GET', '/api/auth/signin', forged)
  const target = `${response.headers.get('location')}`
  expect(decodeURIComponent(target)).toContain(app.url())
  expect(target).not.toContain('evil.test')
})
