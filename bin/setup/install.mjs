import fs from 'node:fs'
import path from 'node:path'
import { SetupFailure } from './failure.mjs'
import { root } from './root.mjs'
import { run } from './run.mjs'

/**
 * Whether a package the lockfile asks for is absent or at another version. Compares with the record
 * npm keeps of what it installed, which it writes last: half an install has none.
 *
 * @param {{ dev: boolean }} options dev: the packages that only building and testing need count too
 */
export function installIsStale({ dev }) {
  const wanted = packages('package-lock.json')
  const installed = packages('node_modules/.package-lock.json')
  if (!wanted || !installed) return true
  return Object.entries(wanted).some(([name, entry]) => {
    if (name === '' || entry.optional || entry.devOptional || entry.peer) return false
    if (entry.dev && !dev) return false
    return installed[name]?.version !== entry.version
  })
}

/** Installs what the lockfile says, with the packages that building needs. */
export async function install() {
  const options = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  let { code, output } = await run(npm(), ['ci', ...options], { cwd: root })
  if (code !== 0 && output.includes('EUSAGE')) {
    // The lockfile was written where some platform's packages could not be had: what it does say
    // still holds, and nothing is written back.
    const unlocked = ['install', '--no-save', ...options]
    ;({ code, output } = await run(npm(), unlocked, { cwd: root }))
  }
  if (code === 127) throw new SetupFailure('npm is not there: install Node.js with npm.')
  if (code !== 0) throw new SetupFailure(`Installing packages failed: ${npmReason(output)}`)
}

function npm() {
  return process.platform === 'win32' ? 'npm.cmd' : 'npm'
}

function npmReason(output) {
  const lines = output
    .split('\n')
    .filter((line) => /^npm (error|ERR!)/.test(line))
    .map((line) => line.replace(/^npm (error|ERR!)\s*/, ''))
  return (
    lines.find((line) => line && !/^(code|errno|syscall) /.test(line)) ??
    'run it by hand to see why'
  )
}

function packages(file) {
  try {
    return JSON.parse(fs.readFileSync(path.join(root, file), 'utf8')).packages
  } catch {
    return undefined
  }
}
