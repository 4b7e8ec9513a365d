import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** One run of a handler, or one arrival at a receiver. */
export type Effect = {
  jobId: string
  /** 0 where the one who wrote the line cannot know it. */
  attempt: number
}

/** Append-only logs: what clients were told, and what handlers and receivers really did. */
export type Ledger = {
  folder: string
  /** Handlers append `job attempt process` here. */
  effectsFile: string
  /** Handlers wait until this file exists. */
  gate: string
  openGate(): void
  acknowledge(jobId: string): void
  acknowledged(): string[]
  acknowledgeBatch(batchId: string, count: number): void
  acknowledgedBatches(): { id: string; count: number }[]
  effects(): Effect[]
}

/** Empty logs in a folder of their own. */
export function createLedger(): Ledger {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-chaos-'))
  const acknowledgedFile = path.join(folder, 'acknowledged')
  const batchesFile = path.join(folder, 'batches')
  const effectsFile = path.join(folder, 'effects')
  const gate = path.join(folder, 'gate')
  for (const file of [acknowledgedFile, batchesFile, effectsFile]) fs.writeFileSync(file, '')
  return {
    folder,
    effectsFile,
    gate,
    openGate: () => fs.writeFileSync(gate, ''),
    acknowledge: (jobId) => fs.appendFileSync(acknowledgedFile, `${jobId} ${Date.now()}\n`),
    acknowledged: () => lines(acknowledgedFile).map(([id = '']) => id),
    acknowledgeBatch: (id, count) => fs.appendFileSync(batchesFile, `${id} ${count}\n`),
    acknowledgedBatches: () =>
      lines(batchesFile).map(([id = '', count]) => ({ id, count: Number(count) })),
    effects: () =>
      lines(effectsFile).map(([jobId = '', attempt]) => ({ jobId, attempt: Number(attempt) })),
  }
}

function lines(file: string): string[][] {
  const text = fs.readFileSync(file, 'utf8')
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(' '))
}
