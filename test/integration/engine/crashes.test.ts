import type { ChildProcess } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { attemptsOf, forkWorker, kill, reaches, submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { probe } from '@/test/support/probe'
import { startSupervisor } from '@/workers/supervisor/supervisor'

type Keeper = { deaths(): number; ready(): Promise<void>; stop(): Promise<void> }

const LIMIT_MS = 90_000
const POISON = 99

describe('a job that ends its worker', () => {
  ownDatabase()

  let supervisor: ReturnType<typeof startSupervisor>
  let keepers: Keeper[] = []
  beforeEach(() => {
    supervisor = startSupervisor(['probe'])
  })
  afterEach(async () => {
    await Promise.all(keepers.map((keeper) => keeper.stop()))
    keepers = []
    await supervisor.stop()
  })

  /** Keeps a worker program running, as the launcher does; nobody has to wait until its silence tells. */
  function keepWorker(): Keeper {
    let wanted = true
    let deaths = 0
    let worker: ChildProcess | undefined
    let current = start()

    async function start(): Promise<void> {
      const started = await forkWorker({ LOG_LEVEL: 'silent' })
      worker = started
      started.once('exit', () => {
        if (!wanted) return
        deaths += 1
        current = silence(started).then(start)
      })
    }
    const silence = ({ pid = 0 }: ChildProcess) =>
      prisma().worker.updateMany({ where: { pid }, data: { heartbeatAt: new Date(0) } })

    const keeper = {
      deaths: () => deaths,
      ready: () => current,
      async stop() {
        await current
        wanted = false
        if (worker?.exitCode === null && worker.signalCode === null) await kill(worker, 'SIGTERM')
      },
    }
    keepers.push(keeper)
    return keeper
  }

  function submitMany(count: number, input: Parameters<typeof submit<typeof probe.input>>[1]) {
    return Promise.all(Array.from({ length: count }, () => submit(probe, input)))
  }

  /** As if this job had run alone all the time: it has lost no attempt to another. */
  function expectUnharmed(jobs: Job[]): void {
    expect(jobs.map(({ status }) => status)).toEqual(jobs.map(() => 'COMPLETED'))
    expect(jobs.map(({ attempt, maxAttempts }) => maxAttempts - attempt)).toEqual(jobs.map(() => 2))
  }

  it('by an error nobody catches fails alone; its nine neighbours lose nothing [R4]', async () => {
    const [first, second] = [keepWorker(), keepWorker()]
    await Promise.all([first.ready(), second.ready()])
    const healthy = await submitMany(9, { worksMs: 1_000 })
    const poison = await submit(probe, { worksMs: 300, rejections: POISON })

    expectUnharmed(await Promise.all(healthy.map(({ id }) => reaches(id, 'COMPLETED', LIMIT_MS))))
    expect(await reaches(poison.id, 'FAILED', LIMIT_MS)).toMatchObject({
      attempt: 3,
      maxAttempts: 3,
      error: { code: 'worker_lost', message: expect.stringContaining('nothing is not a function') },
    })
    expect(first.deaths() + second.deaths()).toBe(1)
  }, 120_000)

  it('without a word is found out beside healthy jobs, four of them at once, by one worker [R4]', async () => {
    const keeper = keepWorker()
    const healthy = await submitMany(6, { worksMs: 500 })
    const poisons = await submitMany(4, { worksMs: 200, crashes: POISON })

    const failed = await Promise.all(poisons.map(({ id }) => reaches(id, 'FAILED', LIMIT_MS)))
    for (const { error } of failed) expect(error).toMatchObject({ code: 'worker_lost' })
    expectUnharmed(await Promise.all(healthy.map(({ id }) => reaches(id, 'COMPLETED', LIMIT_MS))))
    expect(keeper.deaths()).toBeLessThanOrEqual(3)
    expect(await attemptsOf(poisons[0]?.id ?? '')).toHaveLength(5)
  }, 150_000)
})
