import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { type CellValue, readXlsx } from 'hucre/xlsx'
import { PDFParse } from 'pdf-parse'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { submitJob } from '@/app/_server/jobs/submit'
import type { Viewer } from '@/lib/access/viewer'
import { prisma } from '@/lib/db/prisma'
import { openFile } from '@/lib/files/read'
import { formatCount } from '@/lib/format/count'
import { type ReportInput, reportInput } from '@/lib/jobs/types/report-input'
import { rateWords } from '@/lib/reports/words'
import { reaches } from '@/test/support/engine'
import { jobContext } from '@/test/support/job-context'
import { ownDatabase } from '@/test/support/own-database'
import { createJobRecord, createViewer } from '@/test/support/owner'
import { createReportJob, createReportJobs } from '@/test/support/report-jobs'
import { handlers } from '@/workers/handlers'
import { report } from '@/workers/handlers/report'
import { withSnapshot } from '@/workers/handlers/report/data/snapshot'
import { catalogJobs } from '@/workers/runtime/registry'
import { startWorker } from '@/workers/runtime/worker'

const folder = await mkdtemp(path.join(os.tmpdir(), 'report-test-'))
ownDatabase({ DATA_DIR: folder })
afterAll(() => rm(folder, { recursive: true, force: true }))

type Asked = Partial<ReportInput> & { format: ReportInput['format'] }

async function run(viewer: Viewer, asked: Asked, signal?: AbortSignal) {
  const input = reportInput.parse({ period: 'daily', ...asked })
  const jobId = await createJobRecord(viewer.userId, 'report', input)
  const context = jobContext<'report'>(input, {
    ownerId: viewer.userId,
    jobId,
    ...(signal ? { signal } : {}),
  })
  const result = await report(context)
  const { file, stream } = await openFile(viewer, result.fileId)
  return { result, file, content: await buffer(stream), context }
}

async function csvOf(viewer: Viewer, asked: Omit<Asked, 'format'>) {
  const made = await run(viewer, { ...asked, format: 'csv' })
  const rows: Record<string, string>[] = parse(made.content, { columns: true, bom: true })
  return { ...made, rows }
}

async function xlsxOf(viewer: Viewer, asked: Omit<Asked, 'format'>) {
  const made = await run(viewer, { ...asked, format: 'xlsx' })
  const { sheets } = await readXlsx(made.content)
  const rowsOf = (name: string): CellValue[][] => {
    const sheet = sheets.find((candidate) => candidate.name === name)
    if (!sheet) throw new Error(`There is no sheet ${name}`)
    return sheet.rows
  }
  /** A sheet's rows by their first cell. */
  const lines = (name: string) => new Map(rowsOf(name).map(([first, ...rest]) => [first, rest]))
  return { ...made, sheets, rowsOf, lines }
}

async function pdfOf(viewer: Viewer, asked: Omit<Asked, 'format'>) {
  const made = await run(viewer, { ...asked, format: 'pdf' })
  const parser = new PDFParse({ data: new Uint8Array(made.content) })
  const { text } = await parser.getText()
  await parser.destroy()
  return { ...made, text: text.replace(/\s+/g, ' ') }
}

describe('a report in its three formats', () => {
  let ann: Viewer
  const range = { from: '2026-03-01', to: '2026-05-31', timezone: 'Europe/Berlin' } as const

  beforeAll(async () => {
    ann = await createViewer()
    const bob = await createViewer()
    await createReportJobs(ann.userId, 5_000, '2026-02-20T00:00:00Z')
    await createReportJobs(bob.userId, 700, '2026-02-20T00:00:00Z')
  })

  /** The figures of one set of jobs, by a query that has nothing in common with the report's. */
  async function plainFigures(where: string) {
    const [row] = await prisma().$queryRawUnsafe<Record<string, number | null>[]>(
      `SELECT count(*)::int AS jobs, sum((status = 'COMPLETED')::int)::int AS completed,
         sum((status = 'FAILED')::int)::int AS failed, sum((status = 'CANCELED')::int)::int AS canceled,
         sum((status = 'ACTIVE')::int)::int AS open,
         round(extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY "startedAt" - "runAt")) * 1000)::int AS "waitP50Ms",
         round(extract(epoch FROM percentile_cont(0.95) WITHIN GROUP (ORDER BY "startedAt" - "runAt")) * 1000)::int AS "waitP95Ms",
         round(extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY "finishedAt" - "startedAt")) * 1000)::int AS "runP50Ms",
         round(extract(epoch FROM percentile_cont(0.95) WITHIN GROUP (ORDER BY "finishedAt" - "startedAt")) * 1000)::int AS "runP95Ms"
       FROM "Job" WHERE "ownerId" = $1::uuid AND "createdAt" AT TIME ZONE 'Europe/Berlin' >= '2026-03-01'
         AND "createdAt" AT TIME ZONE 'Europe/Berlin' < '2026-06-01' AND ${where}`,
      ann.userId,
    )
    return { ...row }
  }

  it('has the totals of a plain query', async () => {
    const { result } = await run(ann, { ...range, format: 'csv' })
    const expected = await plainFigures('true')
    expect(expected.jobs).toBeGreaterThan(4_000)
    expect(result).toMatchObject(expected)
    const { completed, failed } = result
    expect(result.successRate).toBe(completed / (completed + failed))
  })

  it('lists in CSV every job once, and these add up to the totals', async () => {
    const { rows, result } = await csvOf(ann, range)
    expect(rows).toHaveLength(result.jobs)
    expect(new Set(rows.map(({ Id }) => Id)).size).toBe(result.jobs)
    const count = (status: string) => rows.filter(({ Status }) => Status === status).length
    expect(count('completed')).toBe(result.completed)
    expect(count('failed')).toBe(result.failed)
    expect(count('canceled')).toBe(result.canceled)
    const id = rows[0]?.Id ?? ''
    const job = await prisma().job.findUniqueOrThrow({ where: { id } })
    expect(rows[0]).toMatchObject({
      Job: job.title,
      'Created (UTC)': job.createdAt.toISOString(),
      'Started (UTC)': job.startedAt?.toISOString() ?? '',
      'Finished (UTC)': job.finishedAt?.toISOString() ?? '',
    })
    const waits = rows.map((row) => Number(row['Waited (s)'])).sort((a, b) => a - b)
    expect(waits[Math.floor(waits.length / 2)]).toBeCloseTo((result.waitP50Ms ?? 0) / 1_000, 1)
  })

  it('says in XLSX the same, with typed cells and a sheet per table', async () => {
    const { result, sheets, rowsOf, lines } = await xlsxOf(ann, range)
    const names = ['Summary', 'By type', 'By day', 'Slowest jobs', 'Failures', 'Jobs']
    expect(sheets.map(({ name }) => name)).toEqual(names)
    const summary = lines('Summary')
    expect(summary.get('Jobs')).toEqual([result.jobs])
    expect(summary.get('Success rate')).toEqual([result.successRate])
    expect(summary.get('Wait p95')).toEqual([(result.waitP95Ms ?? 0) / 1_000])
    const { jobs } = await plainFigures(`type = 'image'`)
    expect(lines('By type').get('Image')?.[0]).toBe(jobs)
    const days = rowsOf('By day').slice(1)
    expect(days).toHaveLength(31 + 30 + 31)
    expect(days.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(result.jobs)
    const [head, first] = rowsOf('Jobs')
    expect(rowsOf('Jobs')).toHaveLength(result.jobs + 1)
    expect(first?.[head?.indexOf('Created') ?? -1]).toBeInstanceOf(Date)
    expect(first?.[head?.indexOf('Ran') ?? -1]).toEqual(expect.any(Number))
  })

  it('says in PDF the same', async () => {
    const { result, text, content } = await pdfOf(ann, range)
    expect(content.subarray(0, 5).toString()).toBe('%PDF-')
    expect(text).toContain('1 Mar–31 May 2026')
    for (const count of [result.jobs, result.completed, result.failed, result.open]) {
      expect(text).toContain(formatCount(count))
    }
    expect(text).toContain(`${rateWords(result.successRate)} succeeded`)
    const { jobs, completed, failed } = await plainFigures(`type = 'webhook'`)
    expect(text).toContain(`Webhook ${formatCount(jobs ?? 0)} ${completed} ${failed}`)
    const day = `"createdAt" AT TIME ZONE 'Europe/Berlin' >= '2026-03-29'
      AND "createdAt" AT TIME ZONE 'Europe/Berlin' < '2026-03-30'`
    const figures = await plainFigures(day)
    expect(text).toContain(`29 Mar 2026 ${figures.jobs} ${figures.completed}`)
  })

  it('groups failures that differ in names and numbers only', async () => {
    const { lines, result } = await xlsxOf(ann, range)
    const failures = [...lines('Failures')].slice(1)
    expect(new Set(failures.map(([message]) => message))).toEqual(
      new Set(['Server # refused “…” of …@…']),
    )
    const { rowsOf } = await xlsxOf(ann, range)
    const groups = rowsOf('Failures').slice(1)
    expect(groups.map(([, code]) => code).sort()).toEqual(['code_0', 'code_1', 'code_2'])
    expect(groups.reduce((sum, group) => sum + Number(group[3]), 0)).toBe(result.failed)
  })

  it('names the slowest jobs, the slowest first', async () => {
    const { rowsOf } = await xlsxOf(ann, range)
    const ran = rowsOf('Slowest jobs')
      .slice(1)
      .map((row) => Number(row[6]))
    expect(ran).toHaveLength(20)
    expect(ran).toEqual([...ran].sort((a, b) => b - a))
    const [slowest] = await prisma().$queryRaw<{ ms: number }[]>`
      SELECT max(extract(epoch FROM "finishedAt" - "startedAt"))::float8 AS ms FROM "Job"
      WHERE "ownerId" = ${ann.userId}::uuid AND "createdAt" >= '2026-02-28T23:00:00Z'
        AND "createdAt" < '2026-05-31T22:00:00Z'`
    expect(ran[0]).toBe(slowest?.ms)
  })

  it('holds what it says when there is nothing to say', async () => {
    const nothing = { from: '2020-01-01', to: '2020-01-31' }
    const { result } = await xlsxOf(ann, nothing)
    expect(result).toMatchObject({ jobs: 0, successRate: null, waitP50Ms: null })
    expect((await csvOf(ann, nothing)).rows).toEqual([])
    expect((await pdfOf(ann, nothing)).text).toContain('No jobs were created in this time.')
  })

  it('keeps one file, however often it runs', async () => {
    const input = reportInput.parse({ period: 'weekly', ...range, format: 'csv' })
    const jobId = await createJobRecord(ann.userId, 'report', input)
    const given = { ownerId: ann.userId, jobId }
    const first = await report(jobContext<'report'>(input, given))
    const second = await report(jobContext<'report'>(input, given))
    expect(second.fileId).toBe(first.fileId)
    expect(await prisma().file.count({ where: { jobId } })).toBe(1)
  })

  it('tells how far it is', async () => {
    const { context } = await run(ann, { ...range, format: 'xlsx' })
    expect(context.percents.length).toBeGreaterThan(3)
    expect(context.percents).toEqual([...context.percents].sort((a, b) => a - b))
  })

  it('stops when told to, and leaves no file', async () => {
    const stop = new AbortController()
    stop.abort('canceled')
    const asked = { ...range, format: 'xlsx' } as const
    await expect(run(ann, asked, stop.signal)).rejects.toBe('canceled')
    const before = await prisma().file.count()
    const later = new AbortController()
    const late = run(ann, asked, later.signal)
    setTimeout(() => later.abort('timeout'), 30)
    await expect(late).rejects.toBe('timeout')
    expect(await prisma().file.count()).toBe(before)
  })
})

describe('a snapshot', () => {
  it('ends at an abort, whether it connects, begins or works', async () => {
    for (const wait of [0, 1, 2, 5, 10, 20, 50, 100]) {
      const stop = new AbortController()
      const slow = withSnapshot(stop.signal, ({ rows }) => rows('SELECT pg_sleep(20)'))
      const timer = setTimeout(() => stop.abort('canceled'), wait)
      await expect(slow).rejects.toBe('canceled')
      clearTimeout(timer)
    }
    const atOnce = new AbortController()
    const connecting = withSnapshot(atOnce.signal, async () => 'too late')
    atOnce.abort('timeout')
    await expect(connecting).rejects.toBe('timeout')
  })

  it('gives its connection back, and leaves PostgreSQL nothing to do', async () => {
    const stop = new AbortController()
    const slow = withSnapshot(stop.signal, async ({ rows }) => {
      setTimeout(() => stop.abort('canceled'), 20)
      await rows('SELECT pg_sleep(60)')
    })
    await expect(slow).rejects.toBe('canceled')
    await vi.waitFor(
      async () => {
        const [row] = await prisma().$queryRaw<{ count: number }[]>`
          SELECT count(*)::int AS count FROM pg_stat_activity
          WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep%'`
        expect(row?.count).toBe(0)
      },
      { timeout: 10_000, interval: 100 },
    )
  })
})

describe('the days of a report', () => {
  it.each([
    // 29 March 2026 has 23 hours in Berlin, 25 October 25.
    ['Europe/Berlin', '2026-03-29', ['2026-03-28T23:00:00Z', '2026-03-29T21:59:59.999Z']],
    ['Europe/Berlin', '2026-10-25', ['2026-10-24T22:00:00Z', '2026-10-25T22:59:59.999Z']],
    // 8 March 2026 has 23 hours in New York, 1 November 25.
    ['America/New_York', '2026-03-08', ['2026-03-08T05:00:00Z', '2026-03-09T03:59:59.999Z']],
    ['America/New_York', '2026-11-01', ['2026-11-01T04:00:00Z', '2026-11-02T04:59:59.999Z']],
  ])('begin and end at midnight in %s, also on %s', async (timezone, day, [first, last]) => {
    const ann = await createViewer()
    const edges = [Date.parse(`${first}`) - 1, Date.parse(`${first}`)]
    for (const at of [...edges, Date.parse(`${last}`), Date.parse(`${last}`) + 1]) {
      await createReportJob(ann.userId, { createdAt: new Date(at) })
    }
    expect((await csvOf(ann, { from: day, to: day, timezone })).rows).toHaveLength(2)
    const next = Date.parse(day) + 24 * 3_600_000
    const around = { from: dayBefore(day), to: new Date(next).toISOString().slice(0, 10), timezone }
    const { rowsOf } = await xlsxOf(ann, around)
    expect(
      rowsOf('By day')
        .slice(1)
        .map(([, jobs]) => jobs),
    ).toEqual([1, 2, 1])
  })

  function dayBefore(day: string): string {
    return new Date(Date.parse(day) - 24 * 3_600_000).toISOString().slice(0, 10)
  }

  it('are the owner’s unless the input names a time zone', async () => {
    const ann = await createViewer()
    await prisma().user.update({ where: { id: ann.userId }, data: { timezone: 'Asia/Tokyo' } })
    const { result } = await run(ann, { from: '2026-01-01', to: '2026-01-01', format: 'csv' })
    expect(result).toMatchObject({
      timezone: 'Asia/Tokyo',
      from: '2025-12-31T15:00:00.000Z',
      to: '2026-01-01T15:00:00.000Z',
    })
  })
})

describe('whose jobs a report is of', () => {
  it('are its owner’s, and everyone’s only for an admin who asks', async () => {
    const [ann, bob, root] = await Promise.all([
      createViewer(),
      createViewer(),
      createViewer('ADMIN'),
    ])
    const createdAt = new Date('2021-06-01T12:00:00Z')
    for (const owner of [ann, bob, root]) await createReportJob(owner.userId, { createdAt })
    const range = { from: '2021-06-01', to: '2021-06-01' }
    expect((await csvOf(ann, range)).rows).toHaveLength(1)
    expect((await csvOf(root, range)).rows).toHaveLength(1)
    const all = await csvOf(root, { ...range, everyone: true })
    expect(all.rows.map(({ Owner }) => Owner).sort()).toEqual(
      [ann, bob, root].map(({ userId }) => `${userId}@example.com`).sort(),
    )
    await expect(run(ann, { ...range, everyone: true, format: 'csv' })).rejects.toMatchObject({
      code: 'not_an_admin',
      options: { retryable: false },
    })
  })
})

describe('text that looks like a formula', () => {
  const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1+1']

  it('is only text in CSV and XLSX', async () => {
    const ann = await createViewer()
    const createdAt = new Date('2022-06-01T12:00:00Z')
    for (const title of formulas) {
      const error = { name: '=A1', message: `${title} failed`, code: '@x' }
      await createReportJob(ann.userId, { createdAt, title, error, tags: [title] })
    }
    const range = { from: '2022-06-01', to: '2022-06-01' }
    const { rows } = await csvOf(ann, range)
    expect(rows.map((row) => row.Job).sort()).toEqual(formulas.map((text) => `'${text}`).sort())
    const cells = rows.flatMap((row) => Object.values(row))
    expect(cells.filter((cell) => /^[=+\-@\t\r＝]/.test(cell))).toEqual([])
    const { sheets, content } = await xlsxOf(ann, range)
    const texts = sheets
      .flatMap((sheet) => sheet.rows.flat())
      .filter((cell) => typeof cell === 'string')
    expect(texts.filter((cell) => /^[=+\-@\t\r＝]/.test(cell))).toEqual([])
    expect(texts).toContain("'=1+1")
    expect(content.includes('<f>')).toBe(false)
  })
})

describe('a report that cannot be', () => {
  const submit = (viewer: Viewer, input: unknown) => submitJob(viewer, { type: 'report', input })
  const refused = (path: string) => ({
    code: 'invalid_input',
    details: { issues: [{ path: `input.${path}`, message: expect.any(String) }] },
  })
  const usual = { period: 'daily', from: '2026-01-01', to: '2026-01-31', format: 'pdf' }

  it.each([
    ['an unknown period', { ...usual, period: 'hourly' }, 'period'],
    ['an unknown format', { ...usual, format: 'docx' }, 'format'],
    ['a last day before the first', { ...usual, to: '2025-12-31' }, 'to'],
    ['an empty time', { ...usual, from: '2026-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 'to'],
    ['more than five years', { ...usual, from: '2020-01-01', to: '2026-01-01' }, 'to'],
    ['no last day', { ...usual, to: undefined }, 'to'],
    ['no first day', { ...usual, from: undefined }, 'from'],
    ['a day that is none', { ...usual, from: '2026-02-30' }, 'from'],
    ['a time zone that is none', { ...usual, timezone: 'Europe/Atlantis' }, 'timezone'],
    ['everyone’s jobs for one who is no admin', { ...usual, everyone: true }, 'everyone'],
    ['an unknown field', { ...usual, colour: 'red' }, 'colour'],
  ])('for %s is refused with the field’s name', async (_what, input, field) => {
    await expect(submit(await createViewer(), input)).rejects.toMatchObject(refused(field))
  })
})

describe('a report through the engine', () => {
  it('goes from its submission to its file', async () => {
    const root = await createViewer('ADMIN')
    await createReportJob(root.userId, { createdAt: new Date('2023-01-15T00:00:00Z') })
    const worker = await startWorker({ jobs: catalogJobs(handlers), version: 'test' })
    try {
      const input = { period: 'monthly', from: '2023-01-01', to: '2023-12-31', format: 'xlsx' }
      const { job } = await submitJob(root, { type: 'report', input })
      expect(job.title).toBe('Monthly report, 1 Jan–31 Dec 2023 (XLSX)')
      expect(job).toMatchObject({ queue: 'reports', maxAttempts: 3, timeoutMs: 30 * 60_000 })
      const ended = await reaches(job.id, ['COMPLETED', 'FAILED'])
      expect(ended.result).toMatchObject({ jobs: 1, format: 'xlsx', timezone: 'UTC' })
      const rolling = { period: 'daily', format: 'csv' }
      const { job: second } = await submitJob(root, { type: 'report', input: rolling })
      expect(second.title).toBe('Daily report, last 30 days (CSV)')
      const { result } = await reaches(second.id, ['COMPLETED', 'FAILED'])
      expect(result).toMatchObject({ to: `${new Date().toISOString().slice(0, 10)}T00:00:00.000Z` })
    } finally {
      await worker.stop(1_000)
    }
  })
})
