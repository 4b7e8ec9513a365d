import { describe, expect, it } from 'vitest'
import { firstRun } from '@/lib/auth/first-run'
import { createOwner, createUser, signUp } from '@/lib/auth/users'
import { prisma } from '@/lib/db/prisma'
import { callApi } from '@/test/support/api'
import { ownDatabase } from '@/test/support/own-database'

ownDatabase()

const password = 'tall purple wheel'

const post = (body: unknown) => callApi('POST /api/users', undefined, { body })

const welcomeMails = (to: string) =>
  prisma().job.count({ where: { type: 'email', input: { path: ['to'], equals: to } } })

describe('the first run', () => {
  it('makes one owner, however many ask at once', async () => {
    expect(await firstRun()).toBe('no-users')
    await post({ email: 'early@example.com', password, name: 'Early' })
    expect(await firstRun()).toBe('no-admin')

    const asked = [1, 2, 3, 4, 5].map((number) =>
      createOwner({ email: `owner${number}@example.com`, password, name: 'Owner' }),
    )
    const outcomes = await Promise.allSettled(asked)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await prisma().user.count({ where: { role: 'ADMIN' } })).toBe(1)
    expect(await firstRun()).toBe('done')
  })

  it('stays over when the admin is disabled', async () => {
    await prisma().user.updateMany({ where: { role: 'ADMIN' }, data: { disabledAt: new Date() } })
    expect(await firstRun()).toBe('done')
    await expect(
      createOwner({ email: 'late@example.com', password, name: 'Late' }),
    ).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('POST /api/users', () => {
  it('signs a person up and queues the welcome mail with it', async () => {
    const response = await post({ email: 'Ann@Example.com ', password, name: ' Ann ' })
    expect(response.status).toBe(201)
    const { user } = await response.json()
    expect(user).toEqual({
      id: expect.any(String),
      email: 'ann@example.com',
      name: 'Ann',
      role: 'USER',
      createdAt: expect.stringMatching(/Z$/),
    })
    const job = await prisma().job.findFirstOrThrow({ where: { ownerId: user.id } })
    expect(job).toMatchObject({
      type: 'email',
      input: { to: 'ann@example.com', template: 'welcome', variables: { name: 'Ann' } },
    })
  })

  it('refuses an address that is taken, without another mail', async () => {
    await createUser({ email: 'bob@example.com', password, name: 'Bob' }, 'USER')
    const response = await post({ email: 'BOB@example.com', password, name: 'Bob' })
    expect(response.status).toBe(409)
    expect(await welcomeMails('bob@example.com')).toBe(1)
  })

  it('makes one user of two who ask at once', async () => {
    const both = await Promise.all(
      [1, 2].map(() => post({ email: 'twin@example.com', password, name: 'Twin' })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(await welcomeMails('twin@example.com')).toBe(1)
  })

  it('names every field it refuses, and takes no role', async () => {
    const response = await post({ email: 'x', password: 'short', role: 'ADMIN' })
    expect(response.status).toBe(422)
    const { errors } = await response.json()
    expect(errors.map(({ path }: { path: string }) => path)).toEqual([
      'email',
      'password',
      'name',
      'role',
    ])
  })

  it('keeps no password in the user, the job or the answer', async () => {
    const response = await post({
      email: 'sec@example.com',
      password: 'marked-secret-1',
      name: 'S',
    })
    expect(await response.text()).not.toContain('marked-secret-1')
    const user = await prisma().user.findUniqueOrThrow({ where: { email: 'sec@example.com' } })
    const jobs = await prisma().job.findMany({ where: { ownerId: user.id } })
    expect(JSON.stringify([user, jobs])).not.toContain('marked-secret-1')
  })
})

describe('signUp', () => {
  it('leaves neither user nor mail behind when either fails', async () => {
    const email = 'fail@example.com'
    await prisma().$executeRawUnsafe(
      `ALTER TABLE "Job" ADD CONSTRAINT no_fail CHECK (input->>'to' <> '${email}')`,
    )
    await expect(signUp({ email, password, name: 'F' })).rejects.toThrow()
    expect(await prisma().user.findUnique({ where: { email } })).toBeNull()
  })
})
