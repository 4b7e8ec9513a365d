import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Cpu } from './cpu'

/** One line of the table. */
export type Line = {
  what: string
  /** What was measured, with its unit. */
  here: string
  /** The peer in the same run; empty where the goal is absolute. */
  peer: string
  /** What the goal is compared with: a ratio, or the figure itself. */
  figure: number
  goal: { atLeast: number } | { atMost: number }
  /** What each program's share of it is, in microseconds of CPU time a job. */
  cpu?: { here: Cpu; peer: Cpu }
}

/** The middle of several runs. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 === 1 ? high : (low + high) / 2
}

/** The value below which a share of the others lies; `share` from 0 to 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

export const perSecond = (count: number) => `${Math.round(count).toLocaleString('en')}/s`
export const megabytes = (value: number) => `${Math.round(value)} MB`
export const milliseconds = (value: number) => `${value.toFixed(1)} ms`

/** Whether the figure reaches its goal. */
export function reached({ figure, goal }: Line): boolean {
  return 'atLeast' in goal ? figure >= goal.atLeast : figure <= goal.atMost
}

/** Prints the lines as a table. */
export function printTable(lines: readonly Line[]): void {
  console.table(
    Object.fromEntries(
      lines.map((line) => [
        line.what,
        {
          Millrace: line.here,
          Peer: line.peer,
          Figure: Number(line.figure.toPrecision(3)),
          Goal: 'atLeast' in line.goal ? `≥ ${line.goal.atLeast}` : `≤ ${line.goal.atMost}`,
          Reached: reached(line) ? 'yes' : 'no',
        },
      ]),
    ),
  )
}

/** Prints where the CPU time of one job goes, for the lines that know. */
export function printCpu(lines: readonly Line[]): void {
  const rows = lines.flatMap(({ what, cpu }) =>
    cpu
      ? [
          [what, inMicroseconds(cpu.here)] as const,
          [`${what}: peer`, inMicroseconds(cpu.peer)] as const,
        ]
      : [],
  )
  if (rows.length === 0) return
  console.log('CPU time of one job, in microseconds:')
  console.table(Object.fromEntries(rows))
}

function inMicroseconds({ node, postgres, redis }: Cpu) {
  return { 'Node.js': Math.round(node), PostgreSQL: Math.round(postgres), Redis: Math.round(redis) }
}

/** What the figures were measured on. */
export function machine() {
  return {
    processor: os.cpus()[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()}`,
    node: process.version,
  }
}

/** Writes the result as JSON, and answers where. */
export function writeJson(file: string, value: unknown): string {
  const target = path.resolve(import.meta.dirname, '../../.data', file)
  fs.mkdirSync(path.dirname(target), { recursive: true })
  fs.writeFileSync(target, `${JSON.stringify(value, null, 2)}\n`)
  return path.relative(process.cwd(), target)
}
