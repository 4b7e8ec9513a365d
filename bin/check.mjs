import path from 'node:path'
import { command } from './setup/command.mjs'
import { root } from './setup/root.mjs'
import { run } from './setup/run.mjs'
import { generateClient, installPackages } from './setup/set-up.mjs'

const bin = (name) => path.join(root, 'node_modules', name)

/** What is checked, and the programs that do it, one after another. */
const CHECKS = [
  ['format, lint, folders', [[bin('@biomejs/biome/bin/biome'), 'ci', '--colors=off', '.']]],
  [
    'types',
    [
      [bin('next/dist/bin/next'), 'typegen'],
      [bin('typescript/bin/tsc'), '--noEmit'],
    ],
  ],
  ['unused code, dependencies', [[bin('knip/bin/knip.js')]]],
  ['expressions in linear time', [[path.join(root, 'bin/check-expressions.mjs')]]],
]

command(async () => {
  const say = (line) => console.log(line)
  await installPackages(say)
  await generateClient(say)
  let failures = 0
  for (const [name, programs] of CHECKS) {
    const output = await firstFailure(programs)
    if (output !== undefined) {
      failures += 1
      console.log(output.trim())
    }
    console.log(`${output === undefined ? 'ok    ' : 'FAILED'} ${name}`)
  }
  console.log(`${CHECKS.length - failures} of ${CHECKS.length} checks passed`)
  return failures === 0 ? 0 : 1
})

/** The output of the first program that fails. */
async function firstFailure(programs) {
  for (const args of programs) {
    const { code, output } = await run(process.execPath, args, { cwd: root })
    if (code !== 0) return output || `exit code ${code}`
  }
  return undefined
}
