import type { Command } from 'commander'
import { commandLine } from '@/lib/auth/viewer'
import type { Config } from '@/lib/config/parse'
import type { Job } from '@/lib/db/generated/client'
import { parseQuery } from '@/lib/errors/parse-input'
import { jobQuerySchema, listJobs } from '@/lib/jobs/list'
import { listedViews } from '@/lib/jobs/listed'
import { getJob } from '@/lib/jobs/read'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { retryJob } from '@/lib/jobs/transitions/retry'
import { jobView } from '@/lib/jobs/view'
import { jobViewWithWaiting } from '@/lib/jobs/waiting/why'
import { withDatabase } from '../database'
import { print } from '../print'
import type { Register } from './index'

const filters = ['type', 'status', 'queue', 'tag', 'q', 'limit', 'cursor'] as const

/** `job list|show|retry|cancel`. */
export const registerJob: Register = (program, config) => {
  const job = program.command('job').description('see and change jobs')
  const list = job.command('list').description('jobs, newest first')
  for (const name of filters) list.option(`--${name} <${name}>`)
  list.action((options: Record<string, string>) =>
    withDatabase(config, async () => {
      const query = parseQuery(jobQuerySchema, new URLSearchParams(options))
      const { limit, cursor, ...filter } = query
      const { data, nextCursor } = await listJobs(commandLine, filter, { limit, cursor })
      print({ data: await listedViews(data), nextCursor })
    }),
  )
  const whole = (found: Job) => ({ job: jobView(found) })
  one(job, config, 'show', 'one job, and why it waits', async (id) => ({
    job: await jobViewWithWaiting(await getJob(commandLine, id)),
  }))
  one(job, config, 'retry', 'run a failed or canceled job again', async (id) =>
    whole(await retryJob(commandLine, id)),
  )
  one(job, config, 'cancel', 'cancel a job that has not ended', async (id) => {
    const { job: canceled, cancel } = await cancelJob(commandLine, id)
    return { ...whole(canceled), cancel }
  })
}

function one(
  job: Command,
  config: Config,
  name: string,
  description: string,
  work: (id: string) => Promise<unknown>,
): void {
  job
    .command(`${name} <id>`)
    .description(description)
    .action((id: string) => withDatabase(config, async () => print(await work(id))))
}
