import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { catalog } from '@/lib/jobs/catalog'
import { enqueue } from '@/lib/jobs/enqueue'
import { enqueueEach } from '@/lib/jobs/enqueue-each'
import { enqueueMany } from '@/lib/jobs/enqueue-many'
import type { EnqueueOptions } from '@/lib/jobs/request'
import { createUser } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { singleProbe } from '@/test/support/probe'

ownDatabase()

const mailTo = (name: string) => ({ to: `${name}@example.com`, template: 'notice' }) as const
const REUSED = 'This idempotency key was used with another input. Use a new key for a new job.'

let ownerId: string
beforeAll(async () => {
  ownerId = await createUser()
})

const countJobs = () => prisma().job.count({ where: { ownerId } })

/** What one job is enqueued by, and what each way makes of it. */
const ways = {
  'by itself': async (name: string, options: EnqueueOptions) => {
    const { job, created } = await enqueue(prisma(), catalog.email, mailTo(name), options)
    return { id: job.id, created }
  },
  'in a batch': async (name: string, { idempotencyKey }: EnqueueOptions) => {
    const items = [{ input: mailTo(name), idempotencyKey }]
    const { created } = await transaction((tx) =>
      enqueueMany(tx, catalog.email, items, { ownerId }),
    )
    const job = await prisma().job.findFirstOrThrow({ where: { ownerId, idempotencyKey } })
    return { id: job.id, created: created === 1 }
  },
  'among others': async (name: string, options: EnqueueOptions) => {
    const request = { definition: catalog.email, input: mailTo(name), options }
    const [outcome] = await transaction((tx) => enqueueEach(tx, [request]))
    if (outcome?.kind === 'conflict') throw new Error(outcome.message)
    if (!outcome || outcome.kind === 'refused') throw new Error('It was refused')
    return { id: outcome.job.id, created: outcome.kind === 'created' }
  },
}

describe.each(Object.entries(ways))('a job that is enqueued %s', (way, make) => {
  it('is the one that its idempotency key was used for, however that was made', async () => {
    const options = { ownerId, idempotencyKey: way.replaceAll(' ', '-') }
    const { id, created } = await make('ann', options)
    expect(created).toBe(true)
    const before = await countJobs()
    for (const again of Object.values(ways)) {
      expect(await again('ann', options)).toEqual({ id, created: false })
      await expect(again('bob', options)).rejects.toThrow(REUSED)
    }
    expect(await countJobs()).toBe(before)
  })
})

describe('a batch', () => {
  const batch = (...items: { name: string; idempotencyKey?: string }[]) =>
    transaction((tx) =>
      enqueueMany(
        tx,
        catalog.email,
        items.map(({ name, ...item }) => ({ input: mailTo(name), ...item })),
        { ownerId },
      ),
    )

  it('makes one job of a key that it has twice', async () => {
    const twice = { name: 'ann', idempotencyKey: 'twice' }
    expect(await batch(twice, { name: 'bob' }, twice)).toMatchObject({ count: 3, created: 2 })
  })

  it('is refused whole, the item named, when a key stands for two inputs', async () => {
    const before = await countJobs()
    const [ann, bob] = [
      { name: 'ann', idempotencyKey: 'two' },
      { name: 'bob', idempotencyKey: 'two' },
    ]
    await expect(batch({ name: 'eve' }, ann, bob)).rejects.toMatchObject({
      code: 'conflict',
      message: `items.2: ${REUSED}`,
    })
    expect(await countJobs()).toBe(before)
    expect(await prisma().batch.count({ where: { title: 'Email: 3 jobs' } })).toBe(1)
  })
})

it('makes those of many that can be made, and says of each other why not', async () => {
  const { job: used } = await enqueue(prisma(), catalog.email, mailTo('ann'), {
    ...{ ownerId, idempotencyKey: 'used' },
  })
  const mail = (name: string, idempotencyKey?: string) => ({
    definition: catalog.email,
    input: { ...mailTo('x'), to: name },
    options: { ownerId, idempotencyKey },
  })
  const duplicate = { definition: singleProbe, input: {}, options: { ownerId } }
  const outcomes = await transaction((tx) =>
    enqueueEach(tx, [
      ...[mail('no address'), mail(used.title), duplicate, mail('eve@example.com')],
      ...[mail('bob@example.com', 'used'), mail('ann@example.com', 'used'), duplicate],
    ]),
  )
  const [, , first, made] = outcomes
  const refused = { kind: 'refused', issues: [{ path: 'to', message: expect.any(String) }] }
  expect(outcomes).toMatchObject([
    ...[refused, refused, { kind: 'created' }, { kind: 'created' }],
    ...[
      { kind: 'conflict', message: REUSED },
      { kind: 'exists', job: { id: used.id } },
    ],
    { kind: 'exists', job: { id: first && 'job' in first && first.job.id } },
  ])
  expect(made).toMatchObject({ job: { type: 'email', queue: 'email', attempt: 0 } })
})
