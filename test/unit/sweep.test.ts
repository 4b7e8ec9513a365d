import { expect, test } from 'vitest'
import { createSweep, type Section } from '@/workers/supervisor/sweep'

/** A section of so many pages, which notes what it was asked. */
function section(name: string, pages: number, asked: string[]): Section {
  return async (from) => {
    asked.push(`${name}${from ?? 0}`)
    const next = Number(from ?? 0) + 1
    return { repaired: 1, next: next < pages ? `${next}` : null }
  }
}

test('a sweep goes on where it stopped, and begins again at the end [C5.3]', async () => {
  const asked: string[] = []
  const sweep = createSweep([section('a', 2, asked), section('b', 2, asked)])
  const times = (count: number) => async () => --count > 0
  expect(await sweep(times(3))).toEqual({ repaired: 3, whole: false })
  expect(asked).toEqual(['a0', 'a1', 'b0'])
  expect(await sweep(times(3))).toEqual({ repaired: 1, whole: true })
  expect(await sweep(times(9))).toEqual({ repaired: 4, whole: true })
  expect(asked).toEqual(['a0', 'a1', 'b0', 'b1', 'a0', 'a1', 'b0', 'b1'])
})

test('a page that failed is asked for again', async () => {
  const asked: string[] = []
  let isBroken = true
  const sweep = createSweep([
    section('a', 1, asked),
    async () => {
      if (isBroken) throw new Error('away')
      return { repaired: 0, next: null }
    },
  ])
  const always = async () => true
  await expect(sweep(always)).rejects.toThrow('away')
  isBroken = false
  expect(await sweep(always)).toEqual({ repaired: 0, whole: true })
  expect(asked).toEqual(['a0'])
})
