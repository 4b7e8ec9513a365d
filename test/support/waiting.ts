import { v7 as uuidv7 } from 'uuid'
import { expect } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import type { EnqueueOptions } from '@/lib/jobs/request'
import type { Waiting } from '@/lib/jobs/view'
import { whyWaiting } from '@/lib/jobs/waiting/why'
import { registerWorker } from '@/workers/runtime/register'
import { submit } from './engine'
import { countPending } from './pending-dispatch'
import { probe } from './probe'

/** Enqueues a probe, and waits until its queue has it; its id. */
export async function enqueueDispatched(options: Partial<EnqueueOptions> = {}): Promise<string> {
  const { id } = await submit(probe, {}, options)
  await expect.poll(() => countPending([id])).toBe(0)
  return id
}

/** The record of a worker that takes probes, and runs none. */
export async function standInWorker(types: Record<string, number> = { probe: 1 }): Promise<string> {
  const workerId = uuidv7()
  await registerWorker({ workerId, version: 'test', queues: ['probe'], types })
  return workerId
}

/** Why a job waits, as its record is now. */
export async function reasonOf(id: string): Promise<Waiting | null> {
  return whyWaiting(await prisma().job.findUniqueOrThrow({ where: { id } }))
}
