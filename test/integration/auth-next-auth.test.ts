import { NextRequest } from 'next/server'
import type { JWT } from 'next-auth/jwt'
import { expect, it } from 'vitest'
import { authOptions } from '@/app/_server/auth/options'
import { viewerOfRequest } from '@/app/_server/http/authenticate'
import { openSession } from '@/lib/auth/sessions'
import { createUser } from '@/lib/auth/users'
import { prisma } from '@/lib/db/prisma'
import { ownDatabase } from '@/test/support/own-database'

ownDatabase()

it('asks the database about a session at every use, and ends it there at sign-out [S9]', async () => {
  const user = await createUser(
    { email: 'ann@example.com', password: 'tall purple wheel', name: 'Ann' },
    'USER',
  )
  const refusals: unknown[] = []
  const { callbacks, events } = authOptions({
    clientAddress: '1.1.1.1',
    from: undefined,
    viewer: null,
    onRefusal: (error) => refusals.push(error),
  })
  const [claims, other] = [
    { sid: await openSession(user, undefined) },
    { sid: await openSession(user, undefined) },
  ]
  const check = (token: JWT) => callbacks?.jwt?.({ token, user: { id: user.id }, account: null })
  const signOut = (token: JWT) => events?.signOut?.({ token, session: { expires: '' } })

  await expect(check(claims)).resolves.toEqual(claims)
  await expect(check({ sub: user.id, sessionVersion: 1 })).rejects.toThrow('ended')

  await signOut(claims)
  await expect(check(claims)).rejects.toThrow('ended')
  await expect(check(other)).resolves.toEqual(other)

  await prisma().user.update({ where: { id: user.id }, data: { disabledAt: new Date() } })
  await expect(check(other)).rejects.toThrow('ended')

  // As when the database is away: the claims can be neither confirmed nor refused.
  expect(refusals).toHaveLength(0)
  await expect(check({ sid: 'not an id' })).resolves.toBeDefined()
  await signOut({ sid: 'not an id' })
  expect(refusals).toHaveLength(2)
})

it('finds no session in cookies that are none', async () => {
  const headers = { cookie: 'next-auth.session-token=; =; next-auth.session-token2=x' }
  expect(await viewerOfRequest(new NextRequest('http://localhost/', { headers }))).toBeNull()
})
