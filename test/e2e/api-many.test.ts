import { expect, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { keyOf } from '@/test/support/actors'
import { createApiUser } from '@/test/support/api'
import { apiApp } from '@/test/support/api-app'
import { reaches } from '@/test/support/engine'
import { slowdown } from '@/test/support/slowdown'

const COUNT = 10_000
const app = apiApp()

test('10,000 mails are taken in one call in under 3 s, and another’s single one is not behind them', async () => {
  const [many, single] = [await createApiUser(), await createApiUser()]
  const items = Array.from({ length: COUNT }, (_, index) => ({
    input: { to: `p${index}@example.com`, template: 'notice', variables: { title: `${index}` } },
  }))
  const busy = slowdown()
  const started = performance.now()
  const batch = await app.call('POST', '/api/v1/jobs/batch', keyOf(many), { type: 'email', items })
  const took = performance.now() - started
  expect(took).toBeLessThan(3_000 * Math.max(busy, slowdown()))
  const { batchId, count } = await batch.json()
  expect([batch.status, count]).toEqual([202, COUNT])
  const counted = await app.call('GET', `/api/v1/batches/${batchId}`, keyOf(many))
  expect((await counted.json()).batch.counts.queued).toBe(COUNT)

  const mail = { type: 'email', input: { to: 'bob@example.com', template: 'notice' } }
  const created = await app.call('POST', '/api/v1/jobs', keyOf(single), mail)
  const { job } = await created.json()
  await app.startWorker(['email'])
  const { startedAt } = await reaches(job.id, 'COMPLETED', 30_000)
  const ahead = await prisma().job.count({
    where: { ownerId: many.userId, startedAt: { lt: startedAt ?? undefined } },
  })
  expect(ahead).toBeLessThan(30)
})

test('one item too many, or too many bytes, is refused whole', async () => {
  const user = await createApiUser()
  const item = { input: { to: 'ann@example.com', template: 'notice' } }
  const send = (body: unknown) => app.call('POST', '/api/v1/jobs/batch', keyOf(user), body)
  const tooMany = await send({ type: 'email', items: Array(COUNT + 1).fill(item) })
  expect([tooMany.status, (await tooMany.json()).errors[0].path]).toEqual([422, 'items'])
  const tooLarge = await send({ type: 'email', items: [item], title: 'x'.repeat(33 * 1024 * 1024) })
  expect(tooLarge.status).toBe(413)
  expect(await prisma().job.count({ where: { ownerId: user.userId } })).toBe(0)
})
