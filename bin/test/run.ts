import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { root } from '../setup/root.mjs'

/** How many of the slowest files are named. */
const SLOWEST = 10

const reportSchema = z.object({
  numPassedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      startTime: z.number(),
      endTime: z.number(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
})

/** Whether these arguments of `npm test` may select end-to-end tests. */
export function needsBrowser(args: string[]): boolean {
  const project = args.flatMap((arg, at) => (arg === '--project' ? [args[at + 1]] : []))
  const projects = [...project, ...args.flatMap((arg) => arg.split('--project=').slice(1))]
  if (projects.length > 0)
    return projects.some((name) => !['unit', 'integration'].includes(`${name}`))
  const paths = args.filter((arg) => /^(\.\/)?test\//.test(arg))
  return paths.length === 0 || paths.some((arg) => !/^(\.\/)?test\/(unit|integration)/.test(arg))
}

/**
 * Runs vitest with these arguments; the last line says how many tests passed and failed.
 * @returns the exit code: 0 only when every test of the run ran and passed
 */
export async function runTests(args: string[]): Promise<number> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-report-'))
  const report = path.join(directory, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const code = await vitest(['run', ...reporters, ...args])
    const files = readReport(report)
    const { passed, failed, skipped } = count(files, code)
    printSlowest(files)
    // A name filter skips the others on purpose.
    const filtered = args.some((arg) => /^(-t|--testNamePattern)/.test(arg))
    const silent = filtered ? 0 : skipped
    if (silent > 0)
      console.log(`${silent} tests were skipped: a test that does not run has failed.`)
    console.log(`${passed} passed, ${failed + silent} failed`)
    return code === 0 && failed + silent === 0 ? 0 : 1
  } finally {
    fs.rmSync(directory, { recursive: true, force: true })
  }
}

function vitest(args: string[]): Promise<number> {
  const file = path.join(root, 'node_modules/vitest/vitest.mjs')
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' })
    // Vitest stops its own servers first; we end after it.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.removeAllListeners(signal)
      process.on(signal, () => child.kill(signal))
    }
    child.once('error', () => resolve(1))
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

type Report = z.output<typeof reportSchema>

/** Undefined when vitest ended before it could write one. */
function readReport(file: string): Report | undefined {
  if (!fs.existsSync(file)) return undefined
  return reportSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
}

/** Says where the time of a long run went. */
function printSlowest(report: Report | undefined): void {
  const files = report?.testResults ?? []
  if (files.length <= SLOWEST) return
  const seconds = ({ startTime, endTime }: (typeof files)[number]) => (endTime - startTime) / 1_000
  console.log('Slowest files:')
  for (const file of files.toSorted((a, b) => seconds(b) - seconds(a)).slice(0, SLOWEST)) {
    const time = seconds(file).toFixed(1).padStart(7)
    console.log(`${time} s  ${path.relative(root, file.name)}`)
  }
}

/** A file that could not be loaded, and a fault outside any test, count as one failure each. */
function count(report: Report | undefined, code: number) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const { numPassedTests, numPendingTests, numTodoTests, testResults } = report
  const failedIn = testResults.map((file) => {
    const tests = file.assertionResults.filter((test) => test.status === 'failed').length
    return tests === 0 && file.status === 'failed' ? 1 : tests
  })
  const failed = failedIn.reduce((sum, number) => sum + number, 0)
  return {
    passed: numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: numPendingTests + numTodoTests,
  }
}
