import { performance } from 'node:perf_hooks'
import { beforeEach, describe, expect, it } from 'vitest'
import { isResetTokenOpen, requestPasswordReset, resetPassword } from '@/lib/auth/password-reset'
import { resetToken } from '@/lib/auth/reset-token'
import { newSessionToken, viewerOfSession } from '@/lib/auth/session-token'
import { signInWithPassword } from '@/lib/auth/sign-in'
import { createUser, type NewUser } from '@/lib/auth/users'
import { prisma } from '@/lib/db/prisma'
import { ownDatabase } from '@/test/support/own-database'

ownDatabase()

const [before, after] = ['tall purple wheel', 'wide green wheel']
let ann: NewUser
let count = 0

beforeEach(async () => {
  count += 1
  ann = await createUser({ email: `r${count}@example.com`, password: before, name: 'Ann' }, 'USER')
})

async function askForLink() {
  await requestPasswordReset(ann.email, `10.0.0.${count}`)
  const { id } = await prisma().passwordReset.findFirstOrThrow({
    where: { userId: ann.id },
    orderBy: { id: 'desc' },
  })
  return { id, token: resetToken(id) }
}

describe('a password reset', () => {
  it('mails an id from which the link is made, never the link', async () => {
    const { id, token } = await askForLink()
    const job = await prisma().job.findFirstOrThrow({
      where: { ownerId: ann.id, input: { path: ['template'], equals: 'password-reset' } },
    })
    expect(job).toMatchObject({
      priority: 1,
      input: { to: ann.email, variables: { name: 'Ann', resetId: id } },
    })
    const row = await prisma().passwordReset.findUniqueOrThrow({ where: { id } })
    expect(JSON.stringify([job, row])).not.toContain(token)
    expect(row.expiresAt.getTime() - row.createdAt.getTime()).toBeLessThanOrEqual(
      30 * 60_000 + 5_000,
    )
  })

  it('changes the password once and ends every session', async () => {
    const session = await newSessionToken(ann)
    const { token } = await askForLink()
    expect(await isResetTokenOpen(token)).toBe(true)
    const both = await Promise.allSettled([
      resetPassword({ token, password: after }),
      resetPassword({ token, password: after }),
    ])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await isResetTokenOpen(token)).toBe(false)
    expect(await viewerOfSession(session)).toBeNull()
    const signIn = (password: string) => signInWithPassword({ email: ann.email, password }, 'a')
    expect(await signIn(before)).toBeNull()
    expect(await signIn(after)).not.toBeNull()
  })

  it('refuses a weak password without using up the link', async () => {
    const { token } = await askForLink()
    await expect(resetPassword({ token, password: 'password1' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    expect(await isResetTokenOpen(token)).toBe(true)
  })

  it('lets only the newest link work, and only in time', async () => {
    const [first, second] = [await askForLink(), await askForLink()]
    expect(await isResetTokenOpen(first.token)).toBe(false)
    const past = new Date(Date.now() - 1)
    await prisma().passwordReset.update({ where: { id: second.id }, data: { expiresAt: past } })
    await expect(resetPassword({ token: second.token, password: after })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('is not for disabled users', async () => {
    const { token } = await askForLink()
    await prisma().user.update({ where: { id: ann.id }, data: { disabledAt: new Date() } })
    await expect(resetPassword({ token, password: after })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('lets its owner in although somebody’s guesses had locked the account', async () => {
    const guess = () => signInWithPassword({ email: ann.email, password: 'wrong one' }, 'guesser')
    for (let index = 0; index < 10; index++) await guess()
    await expect(guess()).rejects.toMatchObject({ code: 'rate_limited' })
    await resetPassword({ token: (await askForLink()).token, password: after })
    expect(await signInWithPassword({ email: ann.email, password: after }, 'own')).not.toBeNull()
  })

  it('answers unknown addresses the same, in the same time', async () => {
    async function timed(email: string) {
      const start = performance.now()
      const answer = await requestPasswordReset(email, 'timer')
      return { answer, milliseconds: performance.now() - start }
    }
    const [known, unknown] = [await timed(ann.email), await timed('nobody@example.com')]
    expect(known.answer).toEqual(unknown.answer)
    expect(Math.abs(known.milliseconds - unknown.milliseconds)).toBeLessThan(200)
  })

  it('is limited per account', async () => {
    for (let index = 0; index < 5; index++) await requestPasswordReset(ann.email, `b${index}`)
    await expect(requestPasswordReset(ann.email, 'b6')).rejects.toMatchObject({
      code: 'rate_limited',
    })
  })
})
