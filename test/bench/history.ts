import { countRecent } from '@/app/_server/jobs/count-now'
import { readOverview } from '@/app/_server/metrics/overview'
import { periods } from '@/app/_server/metrics/periods'
import { prisma } from '@/lib/db/prisma'
import type { JobFilter } from '@/lib/jobs/lists/filter'
import { listJobs } from '@/lib/jobs/lists/list'
import { admin, busy, calm, fillHistory, recipient } from './history-fill'

const WARM_UP = 3
const ROUNDS = 40
const PAGE = { limit: 50 }

const viewers = { busy, calm, admin }

type Page = { name: string; run: () => Promise<unknown> }

/** How long each page took, in milliseconds, time by time, with so many jobs on record. */
export async function historyTimes(count: number): Promise<Record<string, number[]>> {
  await fillHistory(count)
  const times: Record<string, number[]> = {}
  for (const { name, run } of [...overviews(), ...(await histories(count))]) {
    times[name] = await timed(run)
  }
  return times
}

function overviews(): Page[] {
  const admins = (['hour', 'day', 'week'] as const).map((period) => ({
    name: `admin overview, ${periods[period].label.toLowerCase()}`,
    run: () => readOverview(admin, period),
  }))
  return [{ name: 'overview', run: () => countRecent(busy) }, ...admins]
}

async function histories(count: number): Promise<Page[]> {
  const deep = await prisma().job.findFirstOrThrow({
    where: { ownerId: busy.userId },
    orderBy: { id: 'desc' },
    skip: Math.floor(count * 0.8),
  })
  const dayAgo = new Date(Date.now() - 24 * 3600_000)
  const filters: Record<string, JobFilter> = {
    all: {},
    'by type': { type: 'image' },
    'by status': { status: ['FAILED'] },
    'by tag': { tag: 'rare' },
    'by text': { q: 'welcome' },
    'by text of one': { q: recipient(Math.floor(count / 3)) },
    'by text of none': { q: 'never written' },
    'by type and status': { type: 'email', status: ['FAILED'] },
    'by tag and status': { tag: 'rare', status: ['FAILED'] },
    'by text and status': { q: 'welcome', status: ['FAILED'] },
    'by rare text and status': { q: 'person100', status: ['FAILED'] },
    'by rare text and tag': { q: 'person10', tag: 'rare' },
    'by queue': { queue: 'email' },
    'by a tag of none': { tag: 'none' },
    'by time': { from: dayAgo, to: new Date() },
    'by when it ended': { queue: 'email', endedFrom: dayAgo, endedTo: new Date() },
  }
  const newest = (who: keyof typeof viewers) =>
    Object.entries(filters).map(([name, filter]) => ({
      name: `${who} ${name}`,
      run: () => listJobs(viewers[who], filter, PAGE),
    }))
  const older = Object.entries(filters).map(([name, filter]) => ({
    name: `busy ${name}, deep`,
    run: () => listJobs(busy, filter, { ...PAGE, cursor: deep.id }),
  }))
  const ofOne = { name: 'admin by owner', run: () => listJobs(admin, { owner: calm.userId }, PAGE) }
  return [...newest('busy'), ...older, ...newest('calm'), ...newest('admin'), ofOne]
}

async function timed(run: () => Promise<unknown>): Promise<number[]> {
  for (let round = 0; round < WARM_UP; round++) await run()
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now()
    await run()
    times.push(performance.now() - begin)
  }
  return times
}
