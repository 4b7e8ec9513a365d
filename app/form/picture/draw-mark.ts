import type { gravities } from '@/lib/jobs/types/image-choices'

/** What is laid over a picture: a text or an image. */
export type MarkSource = string | ImageBitmap

// The same measures as the worker's, so that the preview tells the truth.
const OPACITY = 0.7
const IMAGE_SHARE = 0.3
const MARGIN = 0.03
const TEXT_WIDTH = 0.45
const LINE_HEIGHT = 0.07
const CHARACTERS_PER_LINE = 32
const MAX_LINES = 6

/** Draws a watermark into a corner, at a side or in the middle. */
export function drawMark(
  canvas: HTMLCanvasElement,
  mark: MarkSource,
  gravity: (typeof gravities)[number],
): void {
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.save()
  pen.globalAlpha = OPACITY
  if (typeof mark === 'string') drawText(pen, mark, gravity)
  else {
    const room = Math.min(
      1,
      (canvas.width * IMAGE_SHARE) / mark.width,
      (canvas.height * IMAGE_SHARE) / mark.height,
    )
    const size = { width: mark.width * room, height: mark.height * room }
    const { left, top } = place(canvas, size, gravity)
    pen.drawImage(mark, left, top, size.width, size.height)
  }
  pen.restore()
}

function drawText(
  pen: CanvasRenderingContext2D,
  text: string,
  gravity: (typeof gravities)[number],
): void {
  const { width, height } = pen.canvas
  const lines = wrap(text)
  const room = Math.min(width, height) * LINE_HEIGHT
  pen.font = font(100)
  const longest = Math.max(1, ...lines.map((line) => pen.measureText(line).width))
  const size = Math.min(room * 0.86, (100 * width * TEXT_WIDTH) / longest)
  pen.font = font(size)
  const box = { width: (longest * size) / 100, height: lines.length * size * 1.16 }
  const { left, top } = place(pen.canvas, box, gravity)
  pen.textBaseline = 'top'
  pen.lineJoin = 'round'
  pen.lineWidth = Math.max(1, size / 8)
  for (const [index, line] of lines.entries()) {
    const y = top + index * size * 1.16 + size * 0.1
    pen.strokeStyle = 'black'
    pen.strokeText(line, left, y)
    pen.fillStyle = 'white'
    pen.fillText(line, left, y)
  }
}

function font(pixels: number): string {
  return `bold ${pixels}px "DejaVu Sans", Verdana, sans-serif`
}

function wrap(text: string): string[] {
  const lines: string[] = []
  for (const word of text.trim().split(/\s+/)) {
    const line = lines.at(-1)
    const fits = line !== undefined && line.length + word.length < CHARACTERS_PER_LINE
    if (fits) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines.slice(0, MAX_LINES)
}

function place(
  picture: { width: number; height: number },
  mark: { width: number; height: number },
  gravity: string,
) {
  const margin = Math.min(picture.width, picture.height) * MARGIN
  const along = (room: number, atStart: boolean, atEnd: boolean) => {
    if (atStart === atEnd) return room / 2
    return atStart ? margin : room - margin
  }
  return {
    left: along(picture.width - mark.width, gravity.endsWith('west'), gravity.endsWith('east')),
    top: along(
      picture.height - mark.height,
      gravity.startsWith('north'),
      gravity.startsWith('south'),
    ),
  }
}
