import { describe, expect, test } from 'vitest'
import { sendMailList } from '@/app/_server/mail-list/send'
import { createApiKey } from '@/lib/auth/api-keys'
import { prisma } from '@/lib/db/prisma'
import { sendEmail } from '@/lib/services/jobs'
import { type ApiUser, callApi, createApiUser } from '@/test/support/api'
import { ownDatabase } from '@/test/support/own-database'
import { fireAll, firesOf } from '@/test/support/schedules'

ownDatabase({ APP_URL: 'https://jobs.example.com' })

const ofEveryone = { period: 'daily', format: 'csv', everyone: true }
const report = { type: 'report', input: ofEveryone }
const daily = { name: 'Daily', cron: '0 6 * * *', ...report }

/** An admin with a key that may do all, and one without the scope `admin`. */
async function twoKeys(): Promise<{ whole: ApiUser; narrow: ApiUser }> {
  const whole = await createApiUser('ADMIN')
  const admin = { userId: whole.userId, role: 'ADMIN' } as const
  const { key } = await createApiKey(admin, { name: 'narrow', scopes: ['jobs:read', 'jobs:write'] })
  return { whole, narrow: { userId: whole.userId, key } }
}

async function send(path: string, user: ApiUser, body: unknown) {
  const response = await callApi(`POST /api/v1/${path}`, user, { body })
  const answer = await response.json()
  const paths = (answer.errors ?? []).map(({ path }: { path: string }) => path)
  return { status: response.status, answer, paths }
}

async function change(user: ApiUser, id: string, body: unknown) {
  return (await callApi(`PATCH /api/v1/schedules/${id}`, user, { body })).status
}

async function run(user: ApiUser, id: string) {
  return (await callApi(`POST /api/v1/schedules/${id}/run`, user)).status
}

describe('a report on everyone’s jobs', () => {
  test('needs a key with the scope admin, not only an admin who owns it [S6]', async () => {
    const { whole, narrow } = await twoKeys()
    const batch = { type: 'report', items: [{ input: ofEveryone }] }
    expect(await send('jobs', narrow, report)).toMatchObject({
      status: 422,
      paths: ['input.everyone'],
    })
    expect(await send('jobs/batch', narrow, batch)).toMatchObject({
      status: 422,
      paths: ['items.0.input.everyone'],
    })
    expect(await prisma().job.count({ where: { ownerId: whole.userId } })).toBe(0)
    expect((await send('jobs', whole, report)).status).toBe(202)
    expect((await send('jobs/batch', whole, batch)).status).toBe(202)
  })

  test('is refused to such a key as a schedule, a change of one, and a run of one [S6]', async () => {
    const { whole, narrow } = await twoKeys()
    expect(await send('schedules', narrow, daily)).toMatchObject({
      status: 422,
      paths: ['input.everyone'],
    })
    const own = { ...daily, input: { ...ofEveryone, everyone: false } }
    const { id } = (await send('schedules', narrow, own)).answer.schedule
    expect(await change(narrow, id, { input: ofEveryone })).toBe(422)
    expect(await change(whole, id, { input: ofEveryone })).toBe(200)
    expect(await run(narrow, id)).toBe(422)
    expect(await run(whole, id)).toBe(202)
  })

  test('is refused when its time comes and its owner is an admin no more [S6]', async () => {
    const { whole } = await twoKeys()
    const other = await createApiUser('ADMIN')
    const { id } = (await send('schedules', whole, daily)).answer.schedule
    await prisma().user.update({ where: { id: whole.userId }, data: { role: 'USER' } })
    expect(await run(other, id)).toBe(422)
    expect(await change(other, id, { input: ofEveryone })).toBe(422)
    const due = new Date(Date.now() - 1_000)
    await prisma().schedule.update({ where: { id }, data: { nextFireAt: due } })
    await fireAll(new Date().toISOString())
    expect(await firesOf(id)).toMatchObject([
      { outcome: 'REFUSED', detail: expect.stringContaining('everyone') },
    ])
  })
})

describe('mail that readers take for the system’s own', () => {
  const to = 'eve@example.com'
  const invitation = { to, template: 'invitation', variables: { inviter: 'Your bank' } }
  const foreign = { to, template: 'welcome', variables: { url: 'https://evil.example/start' } }
  const digest = { to, template: 'weekly-digest', variables: { url: 'https://evil.example' } }

  test.each([
    ['an invitation', invitation, 'template'],
    ['a password reset', { ...invitation, template: 'password-reset' }, 'template'],
    ['a welcome that leads elsewhere', foreign, 'variables.url'],
    ['a digest that leads elsewhere', digest, 'variables.url'],
  ])(
    '%s is an admin’s to send: refused as job, batch and schedule [S14]',
    async (_, input, path) => {
      const ann = await createApiUser()
      const schedule = { ...daily, type: 'email', input }
      const refused = { status: 422, paths: [`input.${path}`] }
      expect(await send('jobs', ann, { type: 'email', input })).toMatchObject(refused)
      expect(await send('schedules', ann, schedule)).toMatchObject(refused)
      expect(await send('jobs/batch', ann, { type: 'email', items: [{ input }] })).toMatchObject({
        status: 422,
        paths: [`items.0.input.${path}`],
      })
      const { whole, narrow } = await twoKeys()
      expect(await send('jobs', narrow, { type: 'email', input })).toMatchObject(refused)
      expect((await send('jobs', whole, { type: 'email', input })).status).toBe(202)
    },
  )

  test('code that names no rights has no more than anybody [S14]', async () => {
    const { userId: ownerId } = await createApiUser('ADMIN')
    const mail = { ...invitation, template: 'invitation' } as const
    await expect(sendEmail(prisma(), mail, { ownerId })).rejects.toMatchObject({
      details: { issues: [{ path: 'input.template' }] },
    })
  })

  test('a welcome may lead to this installation; a list names the rows that do not [S14]', async () => {
    const { userId } = await createApiUser()
    const ann = { userId, role: 'USER' } as const
    const own = { ...foreign, variables: { url: 'https://jobs.example.com/jobs' } }
    expect((await send('jobs', await createApiUser(), { type: 'email', input: own })).status).toBe(
      202,
    )
    const list =
      'email,url\na@example.com,https://jobs.example.com/\nb@example.com,https://evil.example'
    const asked = { list, template: 'welcome' } as const
    await expect(sendMailList(ann, asked)).rejects.toMatchObject({
      details: { issues: [{ path: 'list', message: expect.stringMatching(/^1 row cannot/) }] },
    })
    await expect(sendMailList({ ...ann, role: 'ADMIN' }, asked)).resolves.toEqual(
      expect.any(String),
    )
  })
})
