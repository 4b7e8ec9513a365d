import { randomInt } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { cellId, cells } from '@/test/chaos/cells'
import { runCell } from '@/test/chaos/run-cell'

// A few faults with small loads; `npm run chaos` has all of them, as they come.

const LIMIT_MS = 150_000
const logs = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-chaos-logs-'))

describe('what is acknowledged ends once, whatever breaks meanwhile', () => {
  const quick = cells.filter(({ quick, backend }) => quick === 'each' || quick === backend)
  for (const cell of quick) {
    it.concurrent(`${cellId(cell)}: ${cell.fault}`, { timeout: LIMIT_MS }, async () => {
      const terms = { seed: randomInt(1_000_000), small: true, minutes: 0 }
      const { problems, lost, twice, stuck, recoveryMs, seed } = await runCell(cell, terms, logs)
      const seen = { problems, lost, twice, stuck, seed, recovered: recoveryMs !== null }
      const nothing = { problems: [], lost: 0, twice: 0, stuck: 0, seed, recovered: true }
      expect(seen).toEqual(nothing)
    })
  }
})
