import { HEIGHT, middle, type Scale, WIDTH } from './scale'

/** Share of a span's width that its bar takes. */
const BAR = 0.78

/** Bars from one height to another, as one path; spans without any are left out. */
export function barsPath(lower: number[], upper: number[], scale: Scale): string {
  const width = WIDTH / upper.length
  return upper
    .map((value, index) => {
      const [top, bottom] = [scale.y(value), scale.y(lower[index] ?? 0)]
      if (bottom - top < 0.1) return ''
      const left = width * (index + (1 - BAR) / 2)
      return `M${left.toFixed(1)} ${bottom.toFixed(1)}V${top.toFixed(1)}h${(width * BAR).toFixed(1)}V${bottom.toFixed(1)}z`
    })
    .join('')
}

type Line = {
  /** Between spans that follow each other. */
  solid: string
  /** Over spans without a value, and to the last, unfinished one. */
  bridges: string
  /** Values that no solid line reaches. */
  dots: string
}

/** A line through the values there are. */
export function linePaths(values: readonly (number | null)[], scale: Scale): Line {
  const count = values.length
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]))
  const at = ({ value, index }: { value: number; index: number }) =>
    `${middle(index, count).toFixed(1)} ${scale.y(value).toFixed(1)}`
  const line = { solid: '', bridges: '', dots: '' }
  const reached = new Set<number>()
  for (const [place, point] of known.entries()) {
    const before = known[place - 1]
    if (!before) continue
    const isSolid = point.index === before.index + 1 && point.index < count - 1
    line[isSolid ? 'solid' : 'bridges'] += `M${at(before)}L${at(point)}`
    if (isSolid) reached.add(before.index).add(point.index)
  }
  for (const point of known) if (!reached.has(point.index)) line.dots += `M${at(point)}h0`
  return line
}

/** A horizontal line at a value. */
export function gridPath(value: number, scale: Scale): string {
  return `M0 ${Math.min(HEIGHT, scale.y(value)).toFixed(1)}H${WIDTH}`
}
