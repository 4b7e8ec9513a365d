import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { root } from '@/bin/setup/root.mjs'
import setUpPostgres from '@/test/support/global-setup'
import type { Cell } from './cell'
import { cellId, selectCells } from './cells'
import { type Row, runCell } from './run-cell'
import { table } from './table'

/** Cells mostly wait: more of them than processors may do so together. */
const AT_ONCE = 3

const REPORT = '.data/chaos.json'
const LOGS = '.data/chaos'

/**
 * Runs the fault suite, prints its table and writes it as JSON.
 * @param args parts of the names of cells, and `--long` for those that take minutes
 * @returns the exit code: 1 when a cell failed, or none has that name
 */
export async function runChaos(args: string[]): Promise<number> {
  const names = args.filter((arg) => !arg.startsWith('--'))
  const selected = selectCells(names, args.includes('--long'))
  if (selected.length === 0) {
    console.error(`No cell has a name like ${names.join(' or ')}. There are:`)
    for (const cell of selectCells([], true)) console.error(`  ${cellId(cell)}`)
    return 1
  }
  const started = new Date()
  const stop = await setUpPostgres()
  try {
    const rows = await runAll(selected)
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
async function runAll(selected: Cell[]): Promise<Row[]> {
  const logs = path.join(root, LOGS)
  fs.rmSync(logs, { recursive: true, force: true })
  fs.mkdirSync(logs, { recursive: true })
  const rows = new Map<Cell, Row>()
  const drain = async (queue: Cell[]) => {
    for (let cell = queue.shift(); cell; cell = queue.shift()) {
      const row = await runCell(cell, logs)
      rows.set(cell, row)
      const took = Math.round(row.durationMs / 1_000)
      console.log(`${row.ok ? 'ok    ' : 'FAILED'} ${cellId(cell)} (${took} s)`)
    }
  }
  const together = selected.filter(({ alone }) => !alone)
  await Promise.all(Array.from({ length: AT_ONCE }, () => drain(together)))
  await drain(selected.filter(({ alone }) => alone))
  return selected.flatMap((cell) => rows.get(cell) ?? [])
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
