import { NextRequest } from 'next/server'
import { expect, it } from 'vitest'
import { authOptions } from '@/lib/auth/options'
import { createUser } from '@/lib/auth/users'
import { prisma } from '@/lib/db/prisma'
import { viewerOfRequest } from '@/lib/http/authenticate'
import { ownDatabase } from '@/test/support/own-database'

ownDatabase()

it('asks the database about a session at every use, and ends none while it is away', async () => {
  const user = await createUser(
    { email: 'ann@example.com', password: 'tall purple wheel', name: 'Ann' },
    'USER',
  )
  const refusals: unknown[] = []
  const { callbacks } = authOptions({
    clientAddress: '1.1.1.1',
    viewer: null,
    onRefusal: (error) => refusals.push(error),
  })
  const claims = { sub: user.id, sessionVersion: 1 }
  const check = (token: { sub: string; sessionVersion?: number }) =>
    callbacks?.jwt?.({ token, user: { id: user.id }, account: null })

  await expect(check(claims)).resolves.toEqual(claims)
  await expect(check({ ...claims, sessionVersion: 2 })).rejects.toThrow('ended')
  await expect(check({ sub: user.id })).rejects.toThrow('ended')

  await prisma().user.update({ where: { id: user.id }, data: { disabledAt: new Date() } })
  await expect(check(claims)).rejects.toThrow('ended')

  // As when the database is away: the claims can be neither confirmed nor refused.
  await expect(check({ ...claims, sub: 'not an id' })).resolves.toBeDefined()
  expect(refusals).toHaveLength(1)
})

it('finds no session in cookies that are none', async () => {
  const headers = { cookie: 'next-auth.session-token=; =; next-auth.session-token2=x' }
  expect(await viewerOfRequest(new NextRequest('http://localhost/', { headers }))).toBeNull()
})
