import { expect, it } from 'vitest'
import { truncate } from '@/lib/format/truncate'

it.each([
  ['short', 10, 'short'],
  ['exactly', 7, 'exactly'],
  ['longer', 4, 'long'],
  ['a🚰🚰', 4, 'a🚰'],
  ['🚰🚰', 2, '🚰'],
  ['🚰', 1, ''],
])('cuts %s to %i units without half a pair [R3]', (text, limit, cut) => {
  expect(truncate(text, limit)).toBe(cut)
})
