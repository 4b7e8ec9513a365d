import { expect, test, vi } from 'vitest'
import { loadJob } from '@/app/(console)/jobs/[id]/load'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { ownDatabase } from '@/test/support/own-database'
import { createJobRecord, createViewer } from '@/test/support/owner'

ownDatabase()

test('asks once whether its job is paused, which is also why it waits', async () => {
  const ann = await createViewer()
  await prisma().pause.create({
    data: { id: crypto.randomUUID(), ownerId: ann.userId, reason: 'The shop moves' },
  })
  const id = await createJobRecord(ann.userId, 'email', {}, 'QUEUED')
  const record = await prisma().job.findUniqueOrThrow({ where: { id } })
  const query = vi.spyOn(pool(), 'query')
  const { pause, story } = await loadJob(ann, record)
  const asked = query.mock.calls.filter(([text]) => String(text).includes('FROM "Pause"'))
  query.mockRestore()
  expect(asked).toHaveLength(1)
  expect(pause?.reason).toBe('The shop moves')
  expect(story.waiting).toMatchObject({ reason: 'paused' })
})

test('holds the last lines of a long log, and says that there are more', async () => {
  const ann = await createViewer()
  const id = await createJobRecord(ann.userId, 'email', {}, 'ACTIVE')
  const lines = (count: number, from: number) =>
    prisma().jobLog.createMany({
      data: Array.from({ length: count }, (_, n) => ({
        jobId: id,
        attempt: 1,
        message: `Line ${from + n}`,
      })),
    })
  const load = async () =>
    (await loadJob(ann, await prisma().job.findUniqueOrThrow({ where: { id } }))).story
  await lines(300, 1)
  expect(await load()).toMatchObject({ isCut: false, lines: { length: 300 } })
  await lines(100, 301)
  const { isCut, lines: shown } = await load()
  expect(isCut).toBe(true)
  expect([shown[0]?.message, shown.at(-1)?.message]).toEqual(['Line 101', 'Line 400'])
})
