import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { attemptsOf, reaches } from '@/test/support/engine'
import { type Act, freeJobs, submitAct } from '@/test/support/free-job'
import { ownDatabase } from '@/test/support/own-database'
import { startWorker } from '@/workers/runtime/worker'

/** An operator's rule: no record may say so. It says so itself where the record wants its words back. */
const RULE = `
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW)::text LIKE '%unspeakable%' THEN
    RAISE EXCEPTION 'The rule forbids it%',
      CASE WHEN to_jsonb(NEW)::text LIKE '%quote me%' THEN ': unspeakable' ELSE '' END;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse BEFORE UPDATE ON "Job" FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER refuse BEFORE INSERT ON "JobLog" FOR EACH ROW EXECUTE FUNCTION refuse();
`

ownDatabase()

let worker: Awaited<ReturnType<typeof startWorker>>
beforeAll(async () => {
  for (const statement of RULE.split(/;\n(?=CREATE)/)) await prisma().$executeRawUnsafe(statement)
  worker = await startWorker({ jobs: freeJobs, version: 'test' })
})
afterAll(() => worker?.stop(1_000))

/** Runs this among thirty others, all at once, and answers its record once those are done. */
async function among(act: Act) {
  const others = Array.from({ length: 30 }, () => () => 'fine')
  const jobs = await Promise.all([...others, act].map((each) => submitAct(each)))
  const odd = jobs.pop()
  await Promise.all(jobs.map(({ id }) => reaches(id, 'COMPLETED')))
  return odd?.id ?? ''
}

const linesOf = async (jobId: string) =>
  (await prisma().jobLog.findMany({ where: { jobId }, orderBy: { id: 'asc' } })).map(
    ({ message }) => message,
  )

describe('what PostgreSQL refuses to keep', () => {
  it('as a result fails that job for good, and says why [C5.2]', async () => {
    const id = await among(() => 'unspeakable')
    expect(await reaches(id, 'FAILED')).toMatchObject({
      attempt: 1,
      result: null,
      error: {
        code: 'invalid_output',
        message: 'What the attempt came to could not be recorded: The rule forbids it',
      },
    })
    expect(await attemptsOf(id)).toMatchObject([{ outcome: 'FAILED' }])
  })

  it('as an error fails that job for good [C5.2]', async () => {
    const id = await among(() => {
      throw new Error('unspeakable')
    })
    expect(await reaches(id, 'FAILED')).toMatchObject({
      attempt: 1,
      error: { message: expect.stringContaining('The rule forbids it') },
    })
  })

  it('even as the reason is left out of the record [C5.2]', async () => {
    const id = await among(() => 'unspeakable, quote me')
    expect(await reaches(id, 'FAILED')).toMatchObject({
      error: { message: 'What the attempt came to could not be recorded: it was refused' },
    })
  })

  it('as a log line or as progress is missing, and nothing else is [C5.2]', async () => {
    const id = await among(async ({ log, progress }) => {
      log('before')
      log('unspeakable')
      progress(50, 'unspeakable')
      log('after')
      return 'fine'
    })
    await reaches(id, 'COMPLETED')
    expect(await linesOf(id)).toEqual(['before', 'after'])
  })
})
