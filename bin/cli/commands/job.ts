import { commandLine } from '@/lib/access/viewer'
import { parseQuery } from '@/lib/errors/parse-input'
import { jobQuerySchema, listJobs } from '@/lib/jobs/lists/list'
import { listedViews } from '@/lib/jobs/lists/listed'
import { getJob } from '@/lib/jobs/read'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { retryJob } from '@/lib/jobs/transitions/retry'
import { jobView } from '@/lib/jobs/view'
import { jobViewWithWaiting } from '@/lib/jobs/waiting/why'
import { answer } from '../print'
import type { Register } from './index'

const filters = ['type', 'status', 'queue', 'tag', 'q', 'limit', 'cursor'] as const

/** `job list|show|retry|cancel`. */
export const registerJob: Register = (program, config) => {
  const job = program.command('job').description('see and change jobs')
  const list = job.command('list').description('jobs, newest first')
  for (const name of filters) list.option(`--${name} <${name}>`)
  answer(list, config, async (options: Record<string, string>) => {
    const query = parseQuery(jobQuerySchema, new URLSearchParams(options))
    const { limit, cursor, ...filter } = query
    const { data, nextCursor } = await listJobs(commandLine, filter, { limit, cursor })
    return { data: await listedViews(data), nextCursor }
  })
  const one = (name: string, description: string, work: (id: string) => Promise<unknown>) =>
    answer(job.command(`${name} <id>`).description(description), config, work)
  one('show', 'one job, and why it waits', async (id) => ({
    job: await jobViewWithWaiting(await getJob(commandLine, id)),
  }))
  one('retry', 'run a failed or canceled job again', async (id) => ({
    job: jobView(await retryJob(commandLine, id)),
  }))
  one('cancel', 'cancel a job that has not ended', async (id) => {
    const { job: canceled, cancel } = await cancelJob(commandLine, id)
    return { job: jobView(canceled), cancel }
  })
}
