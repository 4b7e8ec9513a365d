import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { v7 as uuidv7 } from 'uuid'
import { vi } from 'vitest'
import type { z } from 'zod'
import type { Job, JobStatus } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import type { JobDefinition } from '@/lib/jobs/definition'
import { enqueue } from '@/lib/jobs/enqueue'
import type { EnqueueOptions } from '@/lib/jobs/request'

/** Enqueues in a transaction of its own, for nobody unless `options` names an owner. */
export async function submit<Input extends z.ZodType>(
  definition: JobDefinition<string, Input>,
  input: z.input<Input>,
  options: Partial<EnqueueOptions> = {},
): Promise<Job> {
  const { job } = await transaction((tx) =>
    enqueue(tx, definition, input, { ownerId: null, ...options }),
  )
  return job
}

/** A user to own jobs. */
export async function createUser(): Promise<string> {
  const id = uuidv7()
  await prisma().user.create({ data: { id, email: `${id}@example.com`, name: 'Ann' } })
  return id
}

/** Waits until the job has one of these statuses, and answers its record. */
export function reaches(
  id: string,
  statuses: JobStatus | JobStatus[],
  timeout = 15_000,
): Promise<Job> {
  const wanted = [statuses].flat()
  return vi.waitFor(
    async () => {
      const job = await prisma().job.findUniqueOrThrow({ where: { id } })
      if (!wanted.includes(job.status)) throw new Error(`The job is ${job.status}, not ${wanted}`)
      return job
    },
    { timeout, interval: 25 },
  )
}

export function attemptsOf(jobId: string) {
  return prisma().attempt.findMany({ where: { jobId }, orderBy: { number: 'asc' } })
}

/** Files through which a test and a handler talk. */
export async function handlerFiles() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'millrace-probe-'))
  const effects = path.join(folder, 'effects')
  const gate = path.join(folder, 'gate')
  await writeFile(effects, '')
  const runs = async () => (await readFile(effects, 'utf8')).trim().split('\n').filter(Boolean)
  return {
    effects,
    gate,
    openGate: () => writeFile(gate, ''),
    /** The numbers of the attempts that ran, in order. */
    runs,
    /** Waits until the handler has run so many times. */
    ran: (times: number, timeout = 15_000) =>
      vi.waitFor(
        async () => {
          if ((await runs()).length < times) throw new Error('The handler has not run yet')
        },
        { timeout, interval: 25 },
      ),
  }
}

/** Starts a worker program of its own, and waits until it is ready. */
export async function forkWorker(env: Record<string, string> = {}): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('worker-process.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  return child
}

/** Kills a worker program, and waits until it is gone. */
export async function kill(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}
