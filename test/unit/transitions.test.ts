import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { JobStatus } from '@/lib/db/generated/enums'
import { table } from '@/lib/jobs/transitions/table'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8')

/** The table as `docs/architecture.md` shows it. */
function shown(): string[][] {
  const states = ['NONE', ...Object.values(JobStatus)]
  return [
    ['', ...states.map((state) => (state === 'NONE' ? 'no job' : state.toLowerCase()))],
    ...Object.entries(table).map(([name, edges]) => {
      const targets: Map<string, readonly string[]> = new Map(Object.entries(edges))
      return [`**${name}**`, ...states.map((state) => cell(targets.get(state)))]
    }),
  ]
}

function cell(targets: readonly string[] = []): string {
  return targets.map((to) => (to === 'NONE' ? 'gone' : to.toLowerCase())).join(', ')
}

it('is the table that the documentation shows', () => {
  const [, section = ''] = read('docs/architecture.md').split(/<!-- \/?transitions -->/)
  const rows = section.split('\n').filter((line) => line.startsWith('|'))
  const cells = rows.map((row) => row.split('|').slice(1, -1))
  const [head, , ...body] = cells.map((row) => row.map((text) => text.trim()))
  expect([head, ...body]).toEqual(shown())
})

const WRITE =
  /\b(?:UPDATE|INSERT\s+INTO|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE)\s+(?:ONLY\s+)?"Job"|\bjob\.(?:create|update|upsert|delete)\w*\(/i

/** What writes other columns of jobs, and never their status. */
const ELSEWHERE = ['workers/handlers/maintenance/user/anonymize.ts', 'workers/runtime/journal.ts']

const sources = ['app', 'bin', 'lib', 'workers'].flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ts|tsx|mjs)$/.test(file) && !file.includes('generated'))
    .map((file) => path.posix.join(folder, file)),
)
const writers = sources.filter((file) => WRITE.test(read(file)))

describe('a job', () => {
  it('is changed by its transitions alone, a file each', () => {
    const transitions = Object.keys(table).filter((name) => name !== 'erase')
    const files = transitions.map((name) => `lib/jobs/transitions/${name}.ts`)
    expect(writers.sort()).toEqual([...files, ...ELSEWHERE].sort())
  })

  it.each(ELSEWHERE)('keeps its status in %s', (file) => {
    const [, ...updates] = read(file).split(/UPDATE "Job"/)
    for (const update of updates) {
      const [set = ''] = update.split(/\b(?:FROM|WHERE|RETURNING)\b/)
      expect(set).toMatch(/\bSET\b/)
      expect(set).not.toMatch(/\bstatus\b/)
    }
  })
})
