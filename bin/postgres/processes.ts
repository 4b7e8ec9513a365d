import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

/** The command line of a process; empty when it has none, undefined when there is no way to know. */
export function commandLine(pid: number): string | undefined {
  if (fs.existsSync('/proc/self/cmdline')) {
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    } catch {
      return ''
    }
  }
  const asked = spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
  return asked.error ? undefined : asked.stdout
}

/** Living processes that work in `directory`, as all processes of a PostgreSQL server do in theirs. */
export function processesIn(directory: string): number[] {
  if (!fs.existsSync('/proc/self/cwd')) return []
  const wanted = fs.realpathSync(directory)
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return (
          pid !== process.pid && fs.readlinkSync(path.join('/proc', `${pid}`, 'cwd')) === wanted
        )
      } catch {
        return false
      }
    })
}

/** Waits until `done` says so; false when the time is over first. */
export async function waitUntil(done: () => boolean | Promise<boolean>, limitMs: number) {
  const end = Date.now() + limitMs
  while (!(await done())) {
    if (Date.now() >= end) return false
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return true
}
