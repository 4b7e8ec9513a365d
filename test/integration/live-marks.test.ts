import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { submitJob } from '@/app/_server/jobs/submit'
import { markPage, subscribe } from '@/app/_server/live/hub'
import { hub } from '@/app/_server/live/hub-state'
import type { Viewer } from '@/lib/access/viewer'
import { prisma } from '@/lib/db/prisma'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'

ownDatabase()

const mail = { to: 'ann@example.com', template: 'notice' }
/** Long enough for what must not come to have come. */
const QUIET_MS = 500

let ann: Viewer
beforeAll(async () => {
  ann = await createViewer()
})

async function newJob(): Promise<string> {
  const { job } = await submitJob(ann, { type: 'email', input: mail, delayMs: 60_000 })
  return job.id
}

/** The mark of a page that comes while changes are heard. */
async function markOf(): Promise<string> {
  markPage()
  await vi.waitFor(() => expect(hub().recent.since).toBeDefined(), 10_000)
  return markPage()
}

/** What a subscriber is told, in order. */
function follow(mark?: string) {
  const told: string[] = []
  const stop = subscribe(
    {
      onChanges: (jobs, gone) =>
        told.push(...jobs.map(({ id, status }) => `${id} ${status}`), ...gone),
      onGap: () => told.push('gap'),
    },
    mark,
  )
  return { told, stop }
}

describe('a page and its stream', () => {
  test('the first page of all waits for nothing, and is told that it may have missed something', async () => {
    const { told, stop } = follow(markPage())
    await vi.waitFor(() => expect(told).toEqual(['gap']), 10_000)
    stop()
  })

  test('a page that is read while changes are heard misses nothing, and is not rendered anew', async () => {
    const mark = await markOf()
    const { told, stop } = follow(mark)
    await pause(QUIET_MS)
    expect(told).toEqual([])
    const id = await newJob()
    await vi.waitFor(() => expect(told).toEqual([`${id} SCHEDULED`]))
    stop()
  })

  test('what changed between the page and its stream is told, however old the job is', async () => {
    const [old, other] = [await newJob(), await newJob()]
    for (let count = 0; count < 60; count += 1) await newJob()
    await pause(QUIET_MS)
    const mark = await markOf()
    await cancelJob(ann, old)
    await prisma().job.delete({ where: { id: other } })
    await prisma().$executeRaw`SELECT pg_notify('millrace_jobs', ${other})`
    await pause(QUIET_MS)
    const { told, stop } = follow(mark)
    await vi.waitFor(() => expect(told).toEqual([`${old} CANCELED`, other]))
    stop()
  })

  test.each([
    ['was rendered before the process listened', () => `${globalThis.millraceLiveHub?.id}.1000`],
    ['was rendered by another process', () => `another.${Date.now()}`],
    ['has a mark that is none', () => 'none'],
  ])('a page that %s is told that there is a gap', async (_, mark) => {
    await markOf()
    const { told, stop } = follow(mark())
    expect(told).toEqual(['gap'])
    stop()
  })

  test('a page is told of a gap when PostgreSQL hung up meanwhile', async () => {
    const mark = await markOf()
    const { told, stop } = follow(mark)
    await prisma().$queryRaw`
      SELECT count(pg_terminate_backend(pid))::int FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'millrace-listen'`
    await vi.waitFor(() => expect(told).toEqual(['gap']), { timeout: 15_000 })
    const late = follow(mark)
    expect(late.told).toEqual(['gap'])
    stop()
    late.stop()
  })

  test('too many changes to tell one by one are a gap', async () => {
    const mark = await markOf()
    const ids = Array.from({ length: 600 }, (_, place) => `id-${place}`)
    await prisma().$executeRaw`
      SELECT pg_notify('millrace_jobs', id) FROM unnest(${ids}::text[]) id`
    await pause(QUIET_MS)
    const { told, stop } = follow(mark)
    expect(told).toEqual(['gap'])
    stop()
  })
})
