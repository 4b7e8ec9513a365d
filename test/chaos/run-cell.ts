import { fork } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Cell, Terms } from './cell'
import { cellId } from './cells'

/** No cell may take longer than this, unless its fault lasts long. */
const LIMIT_MS = 6 * 60_000
/** Time to stop its servers. */
const STOP_MS = 10_000

const seen = z.object({
  acknowledged: z.number(),
  completed: z.number(),
  failed: z.number(),
  canceled: z.number(),
  lost: z.number(),
  twice: z.number(),
  stuck: z.number(),
  // JSON knows no infinity: nothing recovered.
  recoveryMs: z.number().nullable(),
  problems: z.array(z.string()),
})

/** One run of one cell. */
export type Row = z.output<typeof seen> & {
  name: string
  fault: string
  backend: Cell['backend']
  /** Runs the cell the same way again: `--seed`. */
  seed: number
  boundMs: number
  durationMs: number
  ok: boolean
}

const nothing = {
  ...{ acknowledged: 0, completed: 0, failed: 0, canceled: 0, lost: 0, twice: 0, stuck: 0 },
  recoveryMs: null,
}

/**
 * Runs a cell in a process of its own, and judges what it saw.
 * @param logs the folder that takes what its programs write
 */
export async function runCell(cell: Cell, terms: Terms, logs: string): Promise<Row> {
  const started = Date.now()
  const { name, fault, backend, boundMs } = cell
  const { seed } = terms
  const seen = await play(cell, terms, path.join(logs, `${name}-${backend}-${seed}.log`))
  const late = seen.recoveryMs === null || seen.recoveryMs > boundMs
  const ok = !late && seen.problems.length === 0
  return { name, fault, backend, seed, ...seen, boundMs, durationMs: Date.now() - started, ok }
}

async function play(cell: Cell, terms: Terms, log: string): Promise<z.output<typeof seen>> {
  const output = fs.openSync(log, 'w')
  const program = fileURLToPath(new URL('cell-process.ts', import.meta.url))
  const child = fork(program, [cellId(cell), JSON.stringify(terms)], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', output, output, 'ipc'],
  })
  fs.closeSync(output)
  const stop = () => child.kill('SIGTERM')
  process.on('exit', stop)
  const limitMs = (cell.limitMs ?? LIMIT_MS) + (cell.soak ? terms.minutes * 60_000 : 0)
  const limit = setTimeout(stop, limitMs)
  const forced = setTimeout(() => child.kill('SIGKILL'), limitMs + STOP_MS)
  let message: unknown
  child.on('message', (sent) => {
    message = sent
  })
  try {
    await once(child, 'exit')
  } finally {
    clearTimeout(limit)
    clearTimeout(forced)
    process.off('exit', stop)
  }
  const parsed = seen.safeParse(message)
  return parsed.success ? parsed.data : { ...nothing, problems: [`It broke off: see ${log}`] }
}
