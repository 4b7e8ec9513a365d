import fs from 'node:fs'

/** Whether the id is taken, be it by a process that has ended. @param {number} pid */
export function exists(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/**
 * Whether a process of this id runs. One that ended and that nobody has taken note of yet keeps its id.
 *
 * @param {number} pid
 */
export function isAlive(pid) {
  return exists(pid) && !/[ZX]/.test(statOf(pid).state)
}

/**
 * A process's state, and when it started in the kernel's own count; empty where there is no /proc.
 *
 * @param {number} pid
 */
export function statOf(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The program's name, in brackets, may hold anything; the state is field 3, the start field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', started: fields[19] ?? '' }
  } catch {
    return { state: '', started: '' }
  }
}
