import type { Command } from 'commander'
import { commandLine, type Viewer } from '@/lib/auth/viewer'
import type { Config } from '@/lib/config/parse'
import type { Job } from '@/lib/db/generated/client'
import { cancelJob, retryJob } from '@/lib/jobs/change'
import { listJobs, parseJobQuery } from '@/lib/jobs/list'
import { getJob } from '@/lib/jobs/read'
import { jobView } from '@/lib/jobs/view'
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
      const { filter, page } = parseJobQuery(new URLSearchParams(options))
      const { data, nextCursor } = await listJobs(commandLine, filter, page)
      print({ data: data.map(jobView), nextCursor })
    }),
  )
  one(job, config, 'show', 'one job', getJob)
  one(job, config, 'retry', 'run a failed or canceled job again', retryJob)
  one(job, config, 'cancel', 'cancel a job that has not ended', cancelJob)
}

function one(
  job: Command,
  config: Config,
  name: string,
  description: string,
  work: (viewer: Viewer, id: string) => Promise<Job>,
): void {
  job
    .command(`${name} <id>`)
    .description(description)
    .action((id: string) =>
      withDatabase(config, async () => print({ job: jobView(await work(commandLine, id)) })),
    )
}
