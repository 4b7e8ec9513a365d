import type { Size } from '@/lib/jobs/types/image-geometry'

/** A part of a picture, in its pixels. */
export type Frame = Size & { left: number; top: number }
type Point = { x: number; y: number }

/**
 * What a drag that begins at a point does to the frame: from near a corner it moves the corner, from
 * inside the whole frame, and from elsewhere it begins another.
 * @param reach how near a corner is near
 */
export function dragFrom(
  at: Point,
  frame: Frame | undefined,
  size: Size,
  reach: number,
): (to: Point) => Frame {
  if (frame) {
    const { left, top, width, height } = frame
    const [right, bottom] = [left + width, top + height]
    const isNear = (edge: number, place: number) => Math.abs(edge - place) <= reach
    const x = isNear(left, at.x) ? right : isNear(right, at.x) ? left : undefined
    const y = isNear(top, at.y) ? bottom : isNear(bottom, at.y) ? top : undefined
    if (x !== undefined && y !== undefined) return (to) => between({ x, y }, to, size)
    if (at.x > left && at.x < right && at.y > top && at.y < bottom) {
      return (to) => ({
        ...frame,
        left: Math.round(within(left + to.x - at.x, size.width - width)),
        top: Math.round(within(top + to.y - at.y, size.height - height)),
      })
    }
  }
  return (to) => between(at, to, size)
}

function between(one: Point, two: Point, size: Size): Frame {
  const span = (a: number, b: number, room: number) => {
    const start = Math.min(Math.round(within(Math.min(a, b), room)), room - 1)
    return { start, length: Math.max(1, Math.round(within(Math.max(a, b), room)) - start) }
  }
  const across = span(one.x, two.x, size.width)
  const down = span(one.y, two.y, size.height)
  return { left: across.start, top: down.start, width: across.length, height: down.length }
}

const within = (value: number, most: number) => Math.min(Math.max(value, 0), most)

/** Draws a frame over a picture: what is outside is dimmed, the corners can be taken hold of. */
export function drawFrame(
  pen: CanvasRenderingContext2D,
  { left, top, width, height }: Frame,
  scale: number,
): void {
  const [x, y, across, down] = [left * scale, top * scale, width * scale, height * scale]
  const outside = new Path2D()
  outside.rect(0, 0, pen.canvas.width, pen.canvas.height)
  outside.rect(x, y, across, down)
  pen.fillStyle = 'rgb(0 0 0 / 55%)'
  pen.fill(outside, 'evenodd')
  const corner = Math.max(6, pen.canvas.width / 70)
  pen.strokeStyle = 'white'
  pen.lineWidth = corner / 4
  pen.strokeRect(x, y, across, down)
  pen.fillStyle = 'white'
  for (const [cornerX, cornerY] of [
    [x, y],
    [x + across, y],
    [x, y + down],
    [x + across, y + down],
  ] as const) {
    pen.fillRect(cornerX - corner / 2, cornerY - corner / 2, corner, corner)
  }
}
