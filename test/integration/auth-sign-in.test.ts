import { describe, expect, it } from 'vitest'
import { signInWithPassword } from '@/lib/auth/sign-in'
import { createUser } from '@/lib/auth/users'
import { prisma } from '@/lib/db/prisma'
import { ownDatabase } from '@/test/support/own-database'

ownDatabase()

const password = 'tall purple wheel'

async function person(email: string) {
  return createUser({ email, password, name: 'Ann' }, 'USER')
}

describe('signInWithPassword', () => {
  it('knows the right password, whatever the address’s case', async () => {
    const { id } = await person('ann@example.com')
    const user = await signInWithPassword({ email: ' ANN@example.com', password }, '1.1.1.1')
    expect(user).toEqual({ id, sessionVersion: 1 })
    const { lastSignInAt } = await prisma().user.findUniqueOrThrow({ where: { id } })
    expect(lastSignInAt).not.toBeNull()
  })

  it('says the same to unknown, wrong, disabled and passwordless', async () => {
    const { id } = await person('off@example.com')
    await prisma().user.update({ where: { id }, data: { disabledAt: new Date() } })
    const other = await person('github@example.com')
    await prisma().user.update({ where: { id: other.id }, data: { passwordHash: null } })
    const tries = [
      { email: 'ann@example.com', password: 'wrong password' },
      { email: 'nobody@example.com', password },
      { email: 'no address', password },
      { email: 'off@example.com', password },
      { email: 'github@example.com', password },
      { email: 'github@example.com', password: '' },
    ]
    for (const input of tries) expect(await signInWithPassword(input, '1.1.1.2')).toBeNull()
  })

  it('takes as long for an unknown address as for a wrong password', async () => {
    await person('slow@example.com')
    /** Time of the processor, in µs: what else the machine does takes none of it away. */
    async function time(email: string) {
      const start = process.cpuUsage()
      await signInWithPassword({ email, password: 'wrong password' }, 'timer')
      const { user, system } = process.cpuUsage(start)
      return user + system
    }
    let [wrong, unknown] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (let index = 0; index < 9; index++) {
      wrong = Math.min(wrong, await time('slow@example.com'))
      unknown = Math.min(unknown, await time(`unknown${index}@example.com`))
    }
    expect(unknown / wrong).toBeGreaterThan(0.5)
    expect(unknown / wrong).toBeLessThan(2)
  })

  it('stops guessing at one account from many addresses, also with the right password', async () => {
    await person('target@example.com')
    const guess = (index: number, guessed = 'wrong password') =>
      signInWithPassword({ email: 'target@example.com', password: guessed }, `10.0.0.${index}`)
    for (let index = 0; index < 10; index++) expect(await guess(index)).toBeNull()
    const refusal = { code: 'rate_limited', details: { retryAfterSeconds: expect.any(Number) } }
    await expect(guess(11)).rejects.toMatchObject(refusal)
    await expect(guess(12, password)).rejects.toMatchObject(refusal)
  })

  it('stops guessing at many accounts from one address', async () => {
    const guess = (index: number) =>
      signInWithPassword({ email: `many${index}@example.com`, password }, '10.9.9.9')
    await Promise.all(Array.from({ length: 50 }, (_, index) => guess(index)))
    await expect(guess(51)).rejects.toMatchObject({ code: 'rate_limited' })
  })

  it('does not count what succeeded', async () => {
    await person('busy@example.com')
    for (let index = 0; index < 60; index++) {
      expect(
        await signInWithPassword({ email: 'busy@example.com', password }, '10.8.8.8'),
      ).not.toBeNull()
    }
  })
})
