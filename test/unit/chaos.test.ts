import { describe, expect, it } from 'vitest'
import { readArguments } from '@/test/chaos/arguments'
import { cellId, cells, selectCells } from '@/test/chaos/cells'
import { createRandom } from '@/test/chaos/random'
import type { Row } from '@/test/chaos/run-cell'
import { table } from '@/test/chaos/table'

describe('what a person asks of the fault suite', () => {
  it('runs every cell but the long ones and the soak once, with a seed of its own', () => {
    const wanted = readArguments([])
    const selected = selectCells(wanted)
    expect(wanted.seeds).toHaveLength(1)
    expect(selected.some(({ long, soak }) => long || soak)).toBe(false)
    expect(selected.length).toBeGreaterThan(60)
  })

  it('repeats a run by its seed, and runs with as many as asked for', () => {
    const wanted = readArguments(['cancels/redis', '--seed', '7', '--seeds', '3'])
    expect(wanted.seeds).toEqual([7, 8, 9])
    expect(selectCells(wanted).map(cellId)).toEqual(['cancels/redis'])
  })

  it('soaks alone, for as long as asked for', () => {
    const selected = selectCells(readArguments(['--soak', '20']))
    expect(selected.map(cellId)).toEqual(['soak/postgresql', 'soak/redis'])
  })

  it.each([['--seeds', 'many'], ['--soak', '-1'], ['--slow']])('refuses %s %s', (...args) => {
    expect(() => readArguments(args)).toThrow(expect.objectContaining({ name: 'Refusal' }))
  })

  it('calls no two cells the same', () => {
    const ids = cells.map(cellId)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('chance', () => {
  it('is the same for the same seed, and another for another', () => {
    const drawn = (seed: number) => {
      const random = createRandom(seed)
      return Array.from({ length: 20 }, () => random.between(1, 1_000))
    }
    expect(drawn(1)).toEqual(drawn(1))
    expect(drawn(1)).not.toEqual(drawn(2))
  })

  it('stays within its borders, and takes each item once', () => {
    const random = createRandom(3)
    const numbers = Array.from({ length: 500 }, () => random.between(2, 4))
    expect([...new Set(numbers)].sort()).toEqual([2, 3, 4])
    expect(random.some([1, 2, 3], 9).sort()).toEqual([1, 2, 3])
  })
})

describe('the table', () => {
  it('adds up the runs of a cell, and names the seed of what went wrong', () => {
    const row: Row = {
      ...{ name: 'a', fault: 'A fault', backend: 'redis', seed: 5, boundMs: 1_000, durationMs: 1 },
      ...{ acknowledged: 4, completed: 4, failed: 0, canceled: 0, lost: 0, twice: 0, stuck: 0 },
      ...{ recoveryMs: 500, problems: [], ok: true },
    }
    const stuck = { ...row, seed: 6, stuck: 2, recoveryMs: null, problems: ['hangs'], ok: false }
    const lines = table([row, stuck]).split('\n')
    expect(lines[2]?.split(/ {2,}/)).toEqual([
      'A fault',
      'redis',
      '2',
      '8',
      '0',
      '0',
      '2',
      'never',
      '1.0 s',
      'NO (1)',
    ])
    expect(lines[3]).toBe('a/redis --seed 6: hangs')
  })
})
