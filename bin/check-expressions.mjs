import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { allowed } from './check/allowed-expressions.mjs'
import { complaints, expressionsIn } from './check/expressions.mjs'
import { root } from './setup/root.mjs'

/** What runs in production; tests and benchmarks see no text from outside. */
const FOLDERS = ['app', 'bin', 'lib', 'workers', 'proxy.ts', 'next.config.js']

const listing = ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...FOLDERS]
const files = execFileSync('git', listing, { cwd: root, encoding: 'utf8' }).split('\n')
const sources = files.filter((file) => /\.(ts|tsx|mjs|js)$/.test(file))
const found = sources.flatMap((file) =>
  expressionsIn(file, readFileSync(path.join(root, file), 'utf8')),
)
const lines = complaints(found, allowed)
for (const line of lines) console.log(line)
console.log(`${found.length} regular expressions, ${lines.length} to look at`)
process.exitCode = lines.length > 0 ? 1 : 0
