import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type ApiUser, createApiUser } from '@/test/support/api'
import { type Checkout, copyCheckout, ownEnvironment } from '@/test/support/checkout'
import { type Dev, startDev } from '@/test/support/dev'
import { ownDatabase } from '@/test/support/own-database'

ownDatabase()

const HANDLER = 'workers/handlers/greeting.ts'
const DEFINITION = 'lib/jobs/types/greeting.ts'
const LIMIT_MS = 60_000

let checkout: Checkout
let dev: Dev
let user: ApiUser

beforeAll(async () => {
  checkout = copyCheckout()
  command('bin/new-job.mjs', 'greeting')
  user = await createApiUser()
  dev = await startDev(checkout, `${process.env.DATABASE_URL}`)
}, 300_000)

afterAll(async () => {
  await dev?.stop()
  checkout?.remove()
})

function command(...args: string[]): void {
  const env = { ...ownEnvironment(), DATABASE_URL: process.env.DATABASE_URL }
  execFileSync(process.execPath, args, { cwd: checkout.folder, env, stdio: 'pipe' })
}

const file = (name: string) => path.join(checkout.folder, name)

/** Changes a source the way an editor, or Git, saves it. */
function save(
  name: string,
  change: (source: string) => string,
  how: 'in place' | 'by renaming' | 'by replacing' = 'in place',
): void {
  const changed = change(fs.readFileSync(file(name), 'utf8'))
  if (how === 'by replacing') fs.rmSync(file(name))
  const written = how === 'by renaming' ? `${file(name)}.new` : file(name)
  fs.writeFileSync(written, changed)
  if (how === 'by renaming') fs.renameSync(written, file(name))
}

async function api(call: string, body?: unknown) {
  const [method, route] = call.split(' ')
  const response = await fetch(`${dev.url}/api/v1${route}`, {
    method: `${method}`,
    headers: { authorization: `Bearer ${user.key}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return (await response.json()).job
}

/** What a new job comes to. */
async function greet(): Promise<{ title: string; result: { sentence?: string } | null }> {
  const { id } = await api('POST /jobs', { type: 'greeting', input: { name: 'Ann' } })
  return vi.waitFor(
    async () => {
      const job = await api(`GET /jobs/${id}`)
      expect(job.status).toBe('completed')
      return job
    },
    { timeout: LIMIT_MS, interval: 50 },
  )
}

async function signUp(): Promise<number> {
  const { status } = await fetch(`${dev.url}/api/users`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'ann@example.com', password: '1234', name: 'Ann' }),
  })
  return status
}

const greets = (sentence: string) =>
  vi.waitFor(async () => expect((await greet()).result).toEqual({ sentence }), {
    timeout: LIMIT_MS,
  })

describe('npm run dev', () => {
  test.each(['in place', 'by renaming', 'by replacing', 'by renaming'] as const)(
    'runs a handler that was saved %s',
    async (how) => {
      const day = `Good ${how} ${dev.said().length},`
      save(HANDLER, (source) => source.replace(/`Good .*?,/, `\`${day}`), how)
      await greets(`${day} Ann.`)
    },
    LIMIT_MS,
  )

  test(
    'follows a definition in the web server and the worker',
    async () => {
      save(DEFINITION, (source) => source.replace('Greeting for', 'Warm words for'), 'by renaming')
      await vi.waitFor(async () => expect((await greet()).title).toBe('Warm words for Ann'), {
        timeout: LIMIT_MS,
      })
    },
    LIMIT_MS,
  )

  test(
    'reports a save that cannot be built, runs what it had, and goes on with the next',
    async () => {
      save(
        HANDLER,
        (source) => `${source.replace(/`Good .*?,/, '`Good evening,')}\nexport const oops = {`,
      )
      await dev.says('The worker cannot be built')
      await dev.says(`${HANDLER}:`)
      expect((await greet()).result?.sentence).not.toBe('Good evening, Ann.')
      save(HANDLER, (source) => source.replace('export const oops = {', ''))
      await greets('Good evening, Ann.')
    },
    LIMIT_MS,
  )

  test(
    'waits for the next save where the worker cannot start',
    async () => {
      save('workers/main.ts', (source) => `${source}\nthrow new Error('Not this time')\n`)
      await dev.says('It starts again once its sources change.')
      save('workers/main.ts', (source) => source.replace("throw new Error('Not this time')", ''))
      await greets('Good evening, Ann.')
    },
    2 * LIMIT_MS,
  )

  test(
    'applies a migration, and gives both programs the client that fits',
    async () => {
      save(
        'prisma/schema.prisma',
        (source) => `${source}\nmodel Invoice {\n  id String @id @db.Uuid\n}\n`,
      )
      await dev.says('npm run migration:new')
      command('bin/migration-new.mjs', 'invoices')
      const client = new pg.Client(process.env.DATABASE_URL)
      await client.connect()
      await vi.waitFor(() => client.query('SELECT id FROM "Invoice"'), { timeout: LIMIT_MS })
      await client.end()
      save(HANDLER, (source) =>
        source
          .replace('export const', "import { prisma } from '@/lib/db/prisma'\n\nexport const")
          .replace(/`Good .*?,/, `\`Good \${await prisma().invoice.count()} times,`),
      )
      await greets('Good 0 times, Ann.')
    },
    2 * LIMIT_MS,
  )

  test(
    'takes a changed .env, and says what is wrong with one',
    async () => {
      fs.writeFileSync(file('.env'), 'SIGN_UP=perhaps\n')
      await dev.says('.env: The environment is not valid: SIGN_UP')
      fs.writeFileSync(file('.env'), 'SIGN_UP=closed\n')
      await vi.waitFor(async () => expect(await signUp()).toBe(403), { timeout: LIMIT_MS })
    },
    LIMIT_MS,
  )

  test(
    'ends in order',
    async () => {
      expect(await dev.stop()).toBe(0)
    },
    LIMIT_MS,
  )
})
