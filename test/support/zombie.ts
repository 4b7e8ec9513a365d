import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { waitUntil } from '@/bin/postgres/processes'

/** A process that has ended and that its parent has not taken note of, until `end` is called. */
export async function zombie(): Promise<{ pid: number; started: string; end(): void }> {
  // The shell becomes a program that never asks after the shell's child.
  const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = await once(parent.stdout, 'data')
  const pid = Number(String(line))
  const fields = () => {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  }
  if (!(await waitUntil(() => fields()[0] === 'Z', 5_000))) throw new Error('It is no zombie')
  return { pid, started: fields()[19] ?? '', end: () => parent.kill() }
}
