import { HEIGHT, type Scale, x } from './scale'

const at = (index: number, count: number, y: number) =>
  `${x(index, count).toFixed(1)} ${y.toFixed(1)}`

/** The area between two stacked lines; the last, unfinished span is left out. */
export function areaPath(lower: number[], upper: number[], scale: Scale): string {
  const count = upper.length
  const indexes = upper.map((_, index) => index).slice(0, -1)
  const top = indexes.map((index) => at(index, count, scale.y(upper[index] ?? 0)))
  const bottom = indexes.map((index) => at(index, count, scale.y(lower[index] ?? 0))).reverse()
  return `M${[...top, ...bottom].join('L')}Z`
}

/**
 * A line through the values; where one is missing it is interrupted, and one alone is a dot.
 * @param part the finished spans, or what leads to the unfinished one
 */
export function linePath(
  values: readonly (number | null)[],
  scale: Scale,
  part: 'finished' | 'unfinished',
): string {
  const count = values.length
  const from = part === 'finished' ? 0 : count - 2
  const to = part === 'finished' ? count - 1 : count
  let path = ''
  let pen = false
  for (let index = Math.max(0, from); index < to; index++) {
    const value = values[index]
    if (value === null || value === undefined) {
      pen = false
      continue
    }
    const isAlone = !pen && (values[index + 1] ?? null) === null
    path += `${pen ? 'L' : 'M'}${at(index, count, scale.y(value))}${isAlone ? 'h0' : ''}`
    pen = true
  }
  return path
}

/** A horizontal line at a value. */
export function gridPath(value: number, scale: Scale): string {
  return `M0 ${Math.min(HEIGHT, scale.y(value)).toFixed(1)}H1000`
}
