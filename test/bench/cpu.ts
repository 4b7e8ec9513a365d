import fs from 'node:fs'

/** Ticks of the kernel's clock in `/proc`: a hundred a second on every Linux that Node.js runs on. */
const TICK_US = 10_000

/** Which process a measure's servers are, for `cpuTimes`. */
export const POSTGRES_PID = 'BENCH_POSTGRES_PID'
export const REDIS_PID = 'BENCH_REDIS_PID'

/** CPU time in microseconds. */
export type Cpu = { node: number; postgres: number; redis: number }

type Process = { parent: number; own: number; reaped: number }

/**
 * Runs `work` and says what CPU time each program took for it, with the processes that came from it.
 * @returns microseconds for each of `count` pieces; zeros where the system has no `/proc`
 */
export async function cpuDuring(count: number, work: () => Promise<void>): Promise<Cpu> {
  const before = cpuTimes()
  await work()
  const after = cpuTimes()
  return {
    node: (after.node - before.node) / count,
    postgres: (after.postgres - before.postgres) / count,
    redis: (after.redis - before.redis) / count,
  }
}

function cpuTimes(): Cpu {
  const { user, system } = process.cpuUsage()
  const all = processes()
  return {
    node: user + system,
    postgres: timeOf(Number(process.env[POSTGRES_PID]), all),
    redis: timeOf(Number(process.env[REDIS_PID]), all),
  }
}

function timeOf(pid: number, all: Map<number, Process>): number {
  const root = all.get(pid)
  if (!root) return 0
  const children = [...all].filter(([, { parent }]) => parent === pid)
  return children.reduce((sum, [child]) => sum + timeOf(child, all), root.own + root.reaped)
}

function processes(): Map<number, Process> {
  if (!fs.existsSync('/proc')) return new Map()
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return new Map(pids.flatMap((pid) => readProcess(Number(pid))))
}

/** See proc_pid_stat(5): what comes after the name in parentheses begins with the third field. */
function readProcess(pid: number): [number, Process][] {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = (field: number) => Number(fields[field - 3]) * TICK_US
    const own = ticks(14) + ticks(15)
    return [[pid, { parent: Number(fields[1]), own, reaped: ticks(16) + ticks(17) }]]
  } catch {
    // It ended meanwhile.
    return []
  }
}
