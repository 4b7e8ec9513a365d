import { describe, expect, it } from 'vitest'
import { browserToken } from '@/lib/auth/known-browser'
import { signInWithPassword } from '@/lib/auth/sign-in'
import { countTry } from '@/lib/auth/throttle'
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

  const refusal = { code: 'rate_limited', details: { retryAfterSeconds: expect.any(Number) } }
  const guess = (email: string, address: string, browser?: string) =>
    signInWithPassword({ email, password: 'wrong password' }, address, browser)

  it('stops guessing at one account from one network, and lets its owner in from another [S11]', async () => {
    await person('target@example.com')
    const email = 'target@example.com'
    for (let index = 0; index < 10; index++) {
      expect(await guess(email, `2001:db8::${index}`)).toBeNull()
    }
    const right = { email, password }
    await expect(signInWithPassword(right, '2001:db8::ff')).rejects.toMatchObject(refusal)
    expect(await signInWithPassword(right, '2001:db8:0:1::1')).not.toBeNull()
  })

  it('stops guessing at one account from many networks, but no browser it signed in on before [S11]', async () => {
    const email = 'famous@example.com'
    const { id } = await person(email)
    const right = { email, password }
    const browser = browserToken(id)
    // As wrong passwords from a hundred networks would.
    for (let index = 0; index < 100; index++) await countTry('signInAccount', email)
    await expect(guess(email, '10.0.1.1')).rejects.toMatchObject(refusal)
    await expect(signInWithPassword(right, '10.0.1.2')).rejects.toMatchObject(refusal)
    expect(await signInWithPassword(right, '10.0.0.1', browser)).not.toBeNull()

    const others = [browserToken((await person('other@example.com')).id), `${browser}x`, 'x.y', '']
    for (const browserToken of others) {
      const signIn = signInWithPassword(right, '10.0.1.3', browserToken)
      await expect(signIn).rejects.toMatchObject(refusal)
    }
    // A browser that was stolen, or its owner, is no better at guessing.
    for (let index = 0; index < 10; index++) {
      expect(await guess(email, `10.0.2.${index}`, browser)).toBeNull()
    }
    await expect(signInWithPassword(right, '10.0.0.1', browser)).rejects.toMatchObject(refusal)
  })

  it('looks at few passwords at once, and turns away who would wait too long [S10]', async () => {
    const tries = Array.from({ length: 90 }, (_, index) =>
      guess(`crowd${index}@example.com`, `10.1.0.${index}`).catch((error: unknown) => error),
    )
    const refused = (await Promise.all(tries)).filter((outcome) => outcome !== null)
    expect(refused.length).toBeGreaterThan(10)
    for (const each of refused) expect(each).toMatchObject({ code: 'unavailable' })
    expect(await guess('after@example.com', '10.1.1.1')).toBeNull()
  })

  it('stops guessing at many accounts from one address', async () => {
    const next = (index: number) => guess(`many${index}@example.com`, '10.9.9.9')
    await Promise.all(Array.from({ length: 50 }, (_, index) => next(index)))
    await expect(next(51)).rejects.toMatchObject({ code: 'rate_limited' })
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
