import type { JobName } from './name'

/** The definition of a new job type. */
export function definitionOf({ type, identifier, label }: JobName): string {
  return `import { z } from 'zod'
import { defineJob } from '@/lib/jobs/definition'
import { defineQueue } from '@/lib/jobs/queue'

/** Says what a job of this type is for. */
export const ${identifier} = defineJob({
  type: '${type}',
  queue: defineQueue({ name: '${type}' }),
  label: '${label}',
  description: 'Greets one person.',
  input: z
    .strictObject({
      name: z
        .string()
        .min(1)
        .max(100)
        .meta({ title: 'Name', description: 'Whom to greet.', examples: ['Ann'] }),
    })
    .meta({ examples: [{ name: 'Ann' }] }),
  output: z.object({ sentence: z.string() }),
  async prepare(_db, inputs) {
    return inputs.map(({ name }) => ({ title: \`${label} for \${name}\` }))
  },
})
`
}

/** Its handler. */
export function handlerOf({ type, identifier }: JobName): string {
  return `import type { Handler } from '@/workers/runtime/handler'

/** Does the work; it may run again after a crash, so what it does outside has to be repeatable. */
export const ${identifier}: Handler<'${type}'> = async ({ input, progress, log, signal }) => {
  log(\`Greeting \${input.name}\`)
  signal.throwIfAborted()
  progress(50, 'Thinking of a sentence')
  return { sentence: \`Good day, \${input.name}.\` }
}
`
}

/** A test of both, which passes. */
export function testOf({ type, identifier, label }: JobName): string {
  return `import { expect, test } from 'vitest'
import { catalog } from '@/lib/jobs/catalog'
import { submitJob } from '@/app/_server/jobs/submit'
import { jobContext } from '@/test/support/job-context'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { ${identifier} } from '@/workers/handlers/${type}'

ownDatabase()

const input = { name: 'Ann' }

test('a job is accepted, named in words, and done', async () => {
  const viewer = await createViewer()
  const { job } = await submitJob(viewer, { type: '${type}', input })
  expect(job).toMatchObject({ type: '${type}', status: 'QUEUED', title: '${label} for Ann' })

  const context = jobContext<'${type}'>(input, { jobId: job.id, ownerId: viewer.userId })
  const result = catalog${member(type)}.output.parse(await ${identifier}(context))
  expect(result).toEqual({ sentence: 'Good day, Ann.' })
  expect(context.lines).toEqual(['Greeting Ann'])
})

test('an input that does not fit is refused, and says which field', async () => {
  const viewer = await createViewer()
  const refused = submitJob(viewer, { type: '${type}', input: { name: '' } })
  await expect(refused).rejects.toMatchObject({ details: { issues: [{ path: 'input.name' }] } })
})
`
}

function member(type: string): string {
  return type.includes('-') ? `['${type}']` : `.${type}`
}
