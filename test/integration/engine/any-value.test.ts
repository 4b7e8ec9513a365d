import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { textOf } from '@/lib/errors/thrown'
import { JobError } from '@/lib/jobs/job-error'
import { isStorable } from '@/lib/text/storable'
import { reaches } from '@/test/support/engine'
import { type Act, freeJobs, freeThrower, freeVoid, submitAct } from '@/test/support/free-job'
import { oddValues } from '@/test/support/odd-values'
import { ownDatabase } from '@/test/support/own-database'
import { startWorker } from '@/workers/runtime/worker'

const DAY_MS = 24 * 3600_000
/** Longest that jobs which take no time by themselves may take together on a busy machine. */
const LIMIT_MS = 20_000

ownDatabase()

let worker: Awaited<ReturnType<typeof startWorker>> | undefined
beforeAll(async () => {
  worker = await startWorker({ jobs: freeJobs, version: 'test' })
})
afterAll(() => worker?.stop(1_000))

/** Runs them all at once, each beside a job with nothing odd about it, and answers the records. */
async function runBeside(acts: Act[]) {
  const runs = acts.map(async (act) => {
    const odd = await submitAct(act)
    const neighbour = await submitAct(() => ({ fine: true }))
    return { odd, neighbour }
  })
  const submitted = await Promise.all(runs)
  await Promise.all(submitted.map(({ neighbour }) => reaches(neighbour.id, 'COMPLETED', LIMIT_MS)))
  return Promise.all(submitted.map(({ odd }) => settled(odd.id)))
}

/** Waits until a job has ended, or waits for a next attempt that it asked to be late. */
async function settled(id: string) {
  await expect
    .poll(
      async () => {
        const { status, nextAttemptAt } = await prisma().job.findUniqueOrThrow({ where: { id } })
        const isLate = (nextAttemptAt?.getTime() ?? 0) > Date.now() + LIMIT_MS
        return ['COMPLETED', 'FAILED'].includes(status) || isLate ? 'settled' : status
      },
      { timeout: LIMIT_MS, interval: 50 },
    )
    .toBe('settled')
  return prisma().job.findUniqueOrThrow({ where: { id } })
}

describe('whatever a handler returns or throws', () => {
  it('ends its attempt, and no other job notices [R2]', async () => {
    const values = Object.entries(oddValues)
    const returned = values.map(
      ([, make]) =>
        () =>
          make(),
    )
    const thrown = values.map(([, make]) => async () => {
      throw make()
    })
    const jobs = await runBeside([...returned, ...thrown])
    const statuses = jobs.map(({ status }) => status)
    expect(new Set(statuses.slice(values.length))).toEqual(new Set(['FAILED']))
    const failed = values.map(([what]) => what).filter((_, at) => statuses[at] === 'FAILED')
    expect(failed).toEqual([
      'a BigInt',
      'a BigInt in an object',
      'a function',
      'a symbol',
      'a circle',
      'a toJSON that throws',
      'a toJSON without an answer',
      'getters that throw',
      'a proxy that refuses everything',
      'a revoked proxy',
      'a toStringTag that throws',
      '5,000 levels',
      '100,000 levels',
      'a million parts',
      'a text of 5 MB',
      'a buffer of 2 MB',
      'a thenable that throws',
      'an error whose properties throw',
      'an error that is its own cause',
      'an error behind a proxy',
    ])
  }, 60_000)

  it('and whenever it does so, whatever it says on the way [R2] [R12]', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(behaviour, { minLength: 60, maxLength: 60 }), async (all) => {
        const jobs = await runBeside(all.map(actOf))
        for (const [index, job] of jobs.entries()) expectRightEnding(job, all[index])
      }),
      { numRuns: 3, endOnFailure: true },
    )
  }, 120_000)

  it('ends its attempt where the declared output is wrong by itself [R2]', async () => {
    const { id } = await submitAct(() => 1, freeThrower)
    expect(await reaches(id, 'FAILED')).toMatchObject({
      attempt: 1,
      error: { code: 'invalid_output', message: expect.stringContaining('the schema is broken') },
    })
  })

  it('may be nothing: a job without a result completes [R2]', async () => {
    const { id } = await submitAct(() => undefined, freeVoid)
    expect(await reaches(id, 'COMPLETED')).toMatchObject({ attempt: 1, result: null })
  })

  it('holds up no shutdown [R2]', async () => {
    await runBeside([() => 10n, () => Symbol('odd'), () => Object.create(null)])
    const started = performance.now()
    await worker?.stop(LIMIT_MS)
    worker = undefined
    expect(performance.now() - started).toBeLessThan(LIMIT_MS / 2)
  })
})

/** Made when it is used: fast-check itself looks at what it generates. */
type Value = { what: unknown; make: () => unknown }
type Behaviour = {
  how: 'returns' | 'throws' | 'rejects' | 'asks for a wait'
  value: Value
  says: { what: 'log' | 'progress'; words: Value[] }[]
  delayMs: number | undefined
}

const plain = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
  withUnicodeString: true,
})
const value: fc.Arbitrary<Value> = fc.oneof(
  fc.oneof(fc.double(), plain).map((what) => ({ what, make: () => what })),
  fc.constantFrom(...Object.entries(oddValues)).map(([what, make]) => ({ what, make })),
)
const behaviour: fc.Arbitrary<Behaviour> = fc.record({
  how: fc.constantFrom('returns', 'throws', 'rejects', 'asks for a wait'),
  value,
  says: fc.array(
    fc.record({
      what: fc.constantFrom('log', 'progress'),
      words: fc.array(value, { maxLength: 2 }),
    }),
    { maxLength: 3 },
  ),
  delayMs: fc.option(fc.nat(30), { nil: undefined }),
})

function actOf({ how, value, says, delayMs }: Behaviour): Act {
  const end = () => {
    switch (how) {
      case 'returns':
        return value.make()
      case 'throws':
        throw value.make()
      case 'rejects':
        return Promise.reject(value.make())
      case 'asks for a wait': {
        const options = { retryAfterMs: value.make() }
        throw Object.assign(new JobError('odd', 'It is odd.'), { options })
      }
    }
  }
  return (context) => {
    for (const { what, words } of says) {
      const given = words.map(({ make }) => make())
      Reflect.apply(context[what], undefined, given)
    }
    if (delayMs === undefined) return end()
    return new Promise((resolve) => setTimeout(resolve, delayMs)).then(end)
  }
}

type Settled = Awaited<ReturnType<typeof settled>>

function expectRightEnding({ status, result, error, nextAttemptAt }: Settled, told?: Behaviour) {
  const about = textOf(told)
  const words = { name: expect.any(String), message: expect.stringMatching(/./s) }
  if (told?.how !== 'returns') {
    expect(['FAILED', 'RETRYING'], about).toContain(status)
    expect(error, about).toMatchObject(words)
    expect(nextAttemptAt?.getTime() ?? 0, about).toBeLessThan(Date.now() + 1.1 * DAY_MS)
  } else if (status === 'FAILED') {
    expect(error, about).toMatchObject(words)
  } else {
    const value = told.value.make()
    const json = isStorable(value) ? (JSON.stringify(value) ?? 'null') : undefined
    if (json) expect(result, about).toEqual(JSON.parse(json))
  }
}
