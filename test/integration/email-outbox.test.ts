import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkMail } from '@/app/_server/mail-list/check'
import type { Viewer } from '@/lib/access/viewer'
import { hashToken, resetToken } from '@/lib/auth/reset-token'
import { closePool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { catalog } from '@/lib/jobs/catalog'
import { getMail, listMails, showMailLink } from '@/lib/mail/outbox'
import { jobContext } from '@/test/support/job-context'
import { tablesWith } from '@/test/support/marked-person'
import { createJobRecord, createViewer } from '@/test/support/owner'
import { createDatabase } from '@/test/support/postgres'
import { email } from '@/workers/handlers/email'

let drop: () => Promise<void>
let ann: Viewer
let bob: Viewer
let admin: Viewer

beforeAll(async () => {
  const database = await createDatabase()
  Object.assign(process.env, { DATABASE_URL: database.url, APP_URL: 'https://jobs.example.com' })
  drop = database.drop
  ann = await createViewer()
  bob = await createViewer()
  admin = await createViewer('ADMIN')
})
afterAll(async () => {
  await closePool()
  await drop()
})

async function send(asked: object, jobId?: string, owner = ann) {
  const input = catalog.email.input.parse({
    to: 'bob@example.com',
    template: 'welcome',
    ...asked,
  })
  const id = jobId ?? (await createJobRecord(owner.userId, 'email', { to: input.to }))
  const context = jobContext<'email'>(input, { ownerId: owner.userId, jobId: id })
  const result = await email(context)
  return { jobId: id, result, context, mail: await getMail(owner, result.mailId ?? '') }
}

describe('without an SMTP server', () => {
  it('keeps one mail per job, however often it runs', async () => {
    const first = await send({ variables: { name: 'Bob' } })
    const second = await send({ variables: { name: 'Bob' } }, first.jobId)
    expect(second.result).toEqual(first.result)
    expect(first.mail).toMatchObject({
      ownerId: ann.userId,
      jobId: first.jobId,
      messageId: `<${first.jobId}@jobs.example.com>`,
      from: 'Millrace <millrace@localhost>',
      to: 'bob@example.com',
      subject: 'Welcome to Millrace',
    })
    expect(first.mail.text).toContain('Welcome, Bob')
    expect(first.context.lines).toEqual(['Kept in the outbox: no SMTP server is configured'])
    expect(await prisma().mail.count({ where: { jobId: first.jobId } })).toBe(1)
    await expect(checkMail()).resolves.toBeUndefined()
  })

  it('shows a mail to its owner and to admins only', async () => {
    const { mail } = await send({})
    await expect(getMail(admin, mail.id)).resolves.toEqual(mail)
    await expect(getMail(bob, mail.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(getMail(ann, 'no-id')).rejects.toMatchObject({ code: 'not_found' })
    expect((await listMails(bob, { limit: 10 })).data).toEqual([])
  })

  it('pages newest first', async () => {
    await send({})
    await send({})
    const all = (await listMails(ann, { limit: 100 })).data.map(({ id }) => id)
    const first = await listMails(ann, { limit: 1 })
    const second = await listMails(ann, { limit: 1, cursor: first.nextCursor ?? '' })
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(all.slice(0, 2))
    const last = await listMails(ann, { limit: 100 })
    expect(last.nextCursor).toBeNull()
    expect(last.data[0]).not.toHaveProperty('html')
  })
})

describe('a password reset', () => {
  async function reset(change: { expiresAt?: Date; usedAt?: Date } = {}) {
    const resetId = uuidv7()
    await prisma().passwordReset.create({
      data: {
        id: resetId,
        userId: bob.userId,
        tokenHash: hashToken(resetToken(resetId)),
        expiresAt: new Date(Date.now() + 60_000),
        ...change,
      },
    })
    return { template: 'password-reset', variables: { resetId }, to: `${bob.userId}@example.com` }
  }

  it('shows its link to the person it is addressed to, to no admin and in no table [S5]', async () => {
    const asked = await reset()
    const token = resetToken(asked.variables.resetId)
    const link = `https://jobs.example.com/reset-password?token=${token}`
    const { mail } = await send(asked, undefined, bob)
    expect(mail).toMatchObject({ linkHidden: false, text: expect.stringContaining(link) })
    expect(mail.html).toContain(`href="${link}"`)
    const seen = await getMail(admin, mail.id)
    expect(seen).toMatchObject({ linkHidden: true, subject: mail.subject })
    expect(seen.text).toContain('/reset-password?token=••••••')
    expect(JSON.stringify([seen, await listMails(admin, { limit: 100 })])).not.toContain(token)
    expect(await tablesWith(token)).toEqual([])
  })

  it('shows its link to an admin who asks, and the audit log says so without it [S5]', async () => {
    const asked = await reset()
    const { mail } = await send(asked, undefined, bob)
    await expect(showMailLink(bob, mail.id)).rejects.toMatchObject({ code: 'forbidden' })
    const link = await showMailLink(admin, mail.id)
    expect(new URL(link).searchParams.get('token')).toBe(resetToken(asked.variables.resetId))
    const entries = await prisma().auditEntry.findMany({ where: { targetId: mail.id } })
    expect(entries).toMatchObject([
      { actorId: admin.userId, action: 'mail.show-link', targetType: 'mail', details: null },
    ])
    const { mail: other } = await send({})
    await expect(showMailLink(admin, other.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  const over = { code: 'reset_link_over', options: { retryable: false } }

  it('goes to the account’s own address only', async () => {
    const asked = { ...(await reset()), to: 'eve@example.com' }
    await expect(send(asked)).rejects.toMatchObject(over)
  })

  it('is not sent with a link that is over', async () => {
    const used = await reset({ usedAt: new Date() })
    await expect(send(used)).rejects.toMatchObject(over)
    const expired = await reset({ expiresAt: new Date(Date.now() - 1) })
    await expect(send(expired)).rejects.toMatchObject(over)
  })

  it('says where to ask for a link when it names no reset', async () => {
    const { mail } = await send({
      template: 'password-reset',
      variables: { resetUrl: 'https://evil.example' },
    })
    expect(mail.html).toContain('href="https://jobs.example.com/forgot-password"')
    expect(mail.html).not.toContain('evil.example')
  })
})
