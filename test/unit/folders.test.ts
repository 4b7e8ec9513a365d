import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const DEPCRUISE = path.resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
const RULES = path.resolve('.dependency-cruiser.mjs')

let tree: string
beforeEach(async () => {
  tree = await mkdtemp(path.join(tmpdir(), 'millrace-folders-'))
  await cp('tsconfig.json', path.join(tree, 'tsconfig.json'))
})
afterEach(() => rm(tree, { recursive: true, force: true }))

/** What the rules say about a tree of files that each import others. @returns '' when nothing */
async function refusal(files: Record<string, readonly string[]>): Promise<string> {
  for (const [file, imports] of Object.entries(files)) {
    await mkdir(path.join(tree, path.dirname(file)), { recursive: true })
    const lines = imports.map((name) => `import '${name}'\n`)
    await writeFile(path.join(tree, file), `${lines.join('')}export {}\n`)
  }
  const folders = [...new Set(Object.keys(files).map((file) => `${file.split('/')[0]}`))]
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [DEPCRUISE, '--config', RULES, ...folders],
      { cwd: tree },
      (error, output) => resolve(error ? output : ''),
    )
  })
}

test.each([
  [
    'a folder of lib that imports a higher one',
    'lib-imports-downward',
    { 'lib/text/cut.ts': ['@/lib/jobs/list'], 'lib/jobs/list.ts': [] },
  ],
  [
    'folders that need each other',
    'no-cycle-of-folders',
    {
      'app/_server/live/hub.ts': ['@/app/_server/forms/read'],
      'app/_server/forms/read.ts': [],
      'app/_server/forms/write.tsx': ['@/app/_server/live/stream'],
      'app/_server/live/stream.ts': [],
    },
  ],
  [
    'a folder of lib without a place',
    'lib-has-places',
    { 'lib/utils/all.ts': [], 'lib/jobs/list.ts': ['@/lib/utils/all'] },
  ],
  [
    'lib that imports workers',
    'lib-is-shared',
    { 'lib/jobs/list.ts': ['@/workers/main'], 'workers/main.ts': [] },
  ],
  [
    'app that imports workers',
    'app-and-workers-apart',
    { 'app/page.tsx': ['@/workers/main'], 'workers/main.ts': [] },
  ],
])('%s is refused', async (_what, rule, files) => {
  expect(await refusal(files)).toContain(rule)
})

test('imports downward are not', async () => {
  const files = {
    'lib/text/cut.ts': [],
    'lib/jobs/list.ts': ['@/lib/text/cut'],
    'app/page.tsx': ['@/lib/jobs/list'],
    'workers/main.ts': ['@/lib/jobs/list'],
  }
  expect(await refusal(files)).toBe('')
})
