import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { root } from '@/bin/setup/root.mjs'
import setUpPostgres from '@/test/support/global-setup'
import type { Wanted } from './arguments'
import type { Cell, Terms } from './cell'
import { cellId, cells, selectCells } from './cells'
import { type Row, runCell } from './run-cell'
import { table } from './table'

/** Cells mostly wait: more of them than processors may do so together. */
const AT_ONCE = 4

const REPORT = '.data/chaos.json'
const LOGS = '.data/chaos'

type Run = { cell: Cell; terms: Terms }

/**
 * Runs the fault suite, prints its table and writes it as JSON.
 * @returns the exit code: 1 when a cell failed, or none has that name
 */
export async function runChaos(wanted: Wanted): Promise<number> {
  const selected = selectCells(wanted)
  if (selected.length === 0) {
    console.error(`No cell has a name like ${wanted.names.join(' or ')}. There are:`)
    for (const cell of cells) console.error(`  ${cellId(cell)}`)
    return 1
  }
  const runs = wanted.seeds.flatMap((seed) =>
    selected.map((cell) => ({
      cell,
      terms: { seed, small: false, minutes: wanted.soakMinutes },
    })),
  )
  const started = new Date()
  const stop = await setUpPostgres()
  try {
    const rows = await runAll(runs)
    console.log(`\n${table(rows)}`)
    write(rows, started)
    const failed = rows.filter(({ ok }) => !ok).length
    console.log(`\n${rows.length - failed} passed, ${failed} failed (${REPORT}; logs in ${LOGS})`)
    return failed === 0 ? 0 : 1
  } finally {
    await stop()
  }
}

/** Those that measure times of the API have the machine for themselves at the end. */
async function runAll(runs: Run[]): Promise<Row[]> {
  const logs = path.join(root, LOGS)
  fs.rmSync(logs, { recursive: true, force: true })
  fs.mkdirSync(logs, { recursive: true })
  const rows = new Map<Run, Row>()
  const drain = async (queue: Run[]) => {
    for (let run = queue.shift(); run; run = queue.shift()) {
      const row = await runCell(run.cell, run.terms, logs)
      rows.set(run, row)
      const took = Math.round(row.durationMs / 1_000)
      const outcome = row.ok ? 'ok    ' : 'FAILED'
      console.log(`${outcome} ${cellId(run.cell)} --seed ${row.seed} (${took} s)`)
    }
  }
  const together = runs.filter(({ cell }) => !cell.alone)
  await Promise.all(Array.from({ length: AT_ONCE }, () => drain(together)))
  await drain(runs.filter(({ cell }) => cell.alone))
  return runs.flatMap((run) => rows.get(run) ?? [])
}

function write(rows: Row[], started: Date): void {
  const machine = {
    node: process.version,
    platform: `${os.type()} ${os.release()}`,
    processors: os.availableParallelism(),
    memoryBytes: os.totalmem(),
  }
  const report = {
    startedAt: started.toISOString(),
    durationMs: Date.now() - started.getTime(),
    machine,
    cells: rows,
  }
  fs.writeFileSync(path.join(root, REPORT), `${JSON.stringify(report, null, 2)}\n`)
}
