import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { allowed } from './check/allowed-expressions.mjs'
import { complaints, expressionsIn } from './check/expressions.mjs'
import { root } from './setup/root.mjs'

/** What runs in production; tests and benchmarks see no text from outside. */
const FOLDERS = ['app', 'bin', 'lib', 'workers', 'proxy.ts', 'next.config.js']

const sources = FOLDERS.flatMap(filesOf).filter(
  (file) => /\.(ts|tsx|mjs|js)$/.test(file) && !file.split(path.sep).includes('generated'),
)
const found = sources.flatMap((file) =>
  expressionsIn(file, readFileSync(path.join(root, file), 'utf8')),
)
const lines = complaints(found, allowed)
for (const line of lines) console.log(line)
console.log(`${found.length} regular expressions, ${lines.length} to look at`)
process.exitCode = lines.length > 0 ? 1 : 0

/** The files in a folder of the project, or the file that it is. */
function filesOf(name) {
  const place = path.join(root, name)
  if (!statSync(place).isDirectory()) return [name]
  return readdirSync(place, { recursive: true }).map((file) => path.join(name, file))
}
