import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

/** Whether a process of this id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The command line of a process; empty when it has none or there is no way to know. */
export function commandLine(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    // No /proc: ask ps.
  }
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], {
      encoding: 'utf8',
      stdio: 'pipe',
    })
  } catch {
    return ''
  }
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
