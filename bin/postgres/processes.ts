import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

/** Whether a process of this id runs. One that ended and that nobody has taken note of yet does not. */
export function isAlive(pid: number): boolean {
  return exists(pid) && !isZombie(pid)
}

/** Whether the id is taken, be it by a process that has ended. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function isZombie(pid: number): boolean {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The program's name, in brackets, may hold anything.
    return /^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2))
  } catch {
    return false
  }
}

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
