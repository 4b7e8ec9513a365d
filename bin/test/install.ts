import { spawnSync } from 'node:child_process'
import { Refusal } from '../refusal'
import { findChromium } from './browser'
import { findProgram, PROMETHEUS, PROMTOOL, REDIS_SERVERS } from './programs'

/** What is needed besides Redis. */
type Wanted = { browser: boolean; prometheus?: boolean }

const LIMIT_MS = 10 * 60_000

/**
 * Makes sure that the programs the tests run are there; installs them where that needs no question:
 * as root on Debian and its relatives.
 * @throws {Refusal} with the one command to run
 */
export function ensurePrograms(options: Wanted & { say(line: string): void }): void {
  const missing = missingPackages(options)
  if (missing.length === 0) return
  const commands = [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', ...missing],
  ]
  if (process.getuid?.() === 0 && findProgram(['apt-get'])) {
    options.say(`Installing ${missing.join(' and ')} (apt-get) …`)
    for (const command of commands) run(command)
    if (missingPackages(options).length === 0) return
    throw new Refusal(`apt-get installed ${missing.join(' and ')}, but the programs are not there.`)
  }
  throw new Refusal(`The tests need ${missing.join(' and ')}: ${advice(commands, missing)}`)
}

function missingPackages({ browser, prometheus }: Wanted): string[] {
  const missing: string[] = []
  if (!findProgram(REDIS_SERVERS)) missing.push('redis-server')
  if (browser && !findChromium()) missing.push('chromium')
  if (prometheus && !(findProgram(PROMETHEUS) && findProgram(PROMTOOL))) missing.push('prometheus')
  return missing
}

function run([file = '', ...args]: string[]): void {
  const result = spawnSync(file, args, {
    encoding: 'utf8',
    timeout: LIMIT_MS,
    // Servers that come with a package are the tests' to start.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  })
  if (result.status === 0) return
  const output = (result.stderr ?? '').trim().split('\n').at(-1)
  throw new Refusal(`${[file, ...args].join(' ')} failed: ${output || result.error?.message}`)
}

/** What Homebrew calls them. */
const formulas: Record<string, string> = { chromium: '--cask chromium', 'redis-server': 'redis' }

function advice(commands: string[][], missing: string[]): string {
  if (findProgram(['apt-get'])) {
    return commands.map((command) => `sudo ${command.join(' ')}`).join(' && ')
  }
  if (process.platform === 'darwin') {
    const names = missing.map((name) => formulas[name] ?? name)
    return names.map((name) => `brew install ${name}`).join(' && ')
  }
  return 'install them with your package manager'
}
