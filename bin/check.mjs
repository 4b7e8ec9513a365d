import path from 'node:path'
import { command } from './setup/command.mjs'
import { root } from './setup/root.mjs'
import { run } from './setup/run.mjs'

/** What is checked, and the programs of node_modules that do it, one after another. */
const CHECKS = {
  'format, lint': [['@biomejs/biome/bin/biome', 'ci', '--colors=off', '.']],
  types: [
    ['next/dist/bin/next', 'typegen'],
    // What `npm run dev` left may speak of pages that are gone.
    ['typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.check.json'],
  ],
  folders: [
    [
      'dependency-cruiser/bin/dependency-cruise.mjs',
      ...['--config', '.dependency-cruiser.mjs', 'lib', 'app', 'workers', 'bin', 'proxy.ts'],
    ],
  ],
  'unused code, dependencies': [['knip/bin/knip.js']],
  'expressions in linear time': [['../bin/check-expressions.mjs']],
}

command(async () => {
  let failures = 0
  for (const [name, programs] of Object.entries(CHECKS)) {
    const output = await firstFailure(programs)
    if (output !== undefined) {
      failures += 1
      console.log(output.trim())
    }
    console.log(`${output === undefined ? 'ok    ' : 'FAILED'} ${name}`)
  }
  const all = Object.keys(CHECKS).length
  console.log(`${all - failures} of ${all} checks passed`)
  return failures === 0 ? 0 : 1
})

/** The output of the first program that fails. */
async function firstFailure(programs) {
  for (const [program, ...args] of programs) {
    const file = path.join(root, 'node_modules', program)
    const { code, output } = await run(process.execPath, [file, ...args], { cwd: root })
    if (code !== 0) return output || `exit code ${code}`
  }
  return undefined
}
