import { formatDuration } from '@/lib/format/duration'
import type { Step } from './steps'

/** A line of time that runs from 0 to 100. */
export type Scale = {
  place(time: number): number
  ticks: { at: number; label: string }[]
}

/** A pause this many times longer than all that is shorter is drawn shorter than it was. */
const DOMINANT = 50
/** How long it is drawn, as a share of the rest. */
const CUT_SHARE = 0.15
const TICKS = 5
/** Marks closer than this would run into each other. */
const APART = 11

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const intervals = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].flatMap((count) => [count * SECOND, count * MINUTE]),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 5, 10, 30, 90, 365].map((count) => count * DAY),
].sort((a, b) => a - b)

type Piece = { from: number; to: number; start: number; end: number; isCut: boolean }

/**
 * Times of a job's steps on a line. Six days between two attempts of a second would leave nothing of these
 * to see: such a pause is cut short, and the marks behind it count from its end.
 */
export function scaleOf(steps: readonly Step[], now: number): Scale {
  const pieces = piecesOf(steps, now)
  const length = pieces.at(-1)?.end || 1
  const [origin] = pieces
  return {
    place(time) {
      const piece = pieces.find(({ to }) => time <= to) ?? pieces.at(-1)
      if (!piece) return 0
      const { from, to, start, end } = piece
      const share = to > from ? Math.min(1, Math.max(0, (time - from) / (to - from))) : 0
      return (100 * (start + share * (end - start))) / length
    },
    ticks: origin ? ticksOf(pieces, length, origin.from) : [],
  }
}

/** The stretches between the steps, each with its place on the line. */
function piecesOf(steps: readonly Step[], now: number): Piece[] {
  const spans = steps
    .filter(({ at, until }) => until !== at)
    .map(({ at, until, isPause = false }) => {
      const from = Date.parse(at)
      return { from, to: Math.max(from, until === null ? now : Date.parse(until)), isPause }
    })
  const { longest, rest } = limitOf(spans)
  const pieces: Piece[] = []
  for (const { from, to, isPause } of spans) {
    const start = pieces.at(-1)?.end ?? 0
    const isCut = isPause && to - from > longest
    pieces.push({ from, to, start, end: start + (isCut ? rest * CUT_SHARE : to - from), isCut })
  }
  return pieces
}

/** The longest pause that is drawn as it was, and how long all is that is drawn so. */
function limitOf(spans: readonly { from: number; to: number; isPause: boolean }[]) {
  const lengths = (isPause: boolean) =>
    spans.filter((span) => span.isPause === isPause).map(({ from, to }) => to - from)
  const pauses = lengths(true).sort((a, b) => a - b)
  let rest = lengths(false).reduce((sum, length) => sum + length, 0)
  for (const length of pauses) {
    if (rest > 0 && length > DOMINANT * rest) return { longest: length - 1, rest }
    rest += length
  }
  return { longest: Number.POSITIVE_INFINITY, rest }
}

function ticksOf(pieces: readonly Piece[], length: number, origin: number): Scale['ticks'] {
  const step = intervals.find((interval) => interval >= length / TICKS) ?? 365 * DAY
  const ticks: Scale['ticks'] = []
  const add = (at: number, label: string) => {
    if (at <= 100 - APART / 2 && at - (ticks.at(-1)?.at ?? -APART) >= APART)
      ticks.push({ at, label })
  }
  let since = origin
  for (const { from, to, start, end, isCut } of pieces) {
    const place = (time: number) =>
      (100 * (start + ((time - from) / (to - from)) * (end - start))) / length
    if (isCut) {
      since = to
      add((100 * end) / length, formatDuration(to - origin))
      continue
    }
    const first = Math.ceil((from - since) / step) * step
    for (let offset = first; since + offset < to; offset += step) {
      const isMark = offset === 0 && since > origin
      if (!isMark)
        add(place(since + offset), `${since > origin ? '+' : ''}${formatDuration(offset)}`)
    }
  }
  return ticks
}
