import { createRequire } from 'node:module'
import sharp from 'sharp'
import type { Size } from '@/lib/jobs/types/image-geometry'

const require = createRequire(import.meta.url)

const FONT = 'DejaVu Sans Bold'
const CHARACTERS_PER_LINE = 32
const MAX_LINES = 6

/** Share of the picture's width, and of its shorter side per line, that text takes at most. */
const WIDTH = 0.45
const LINE_HEIGHT = 0.07

/** Comes with the program: a slim container has no font at all. */
const fontFile = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')

/**
 * Draws white text with a dark edge, so that it reads on light and on dark, as large as fits.
 * @param picture size of the picture it is meant for
 * @returns a PNG
 */
export async function textOverlay(text: string, picture: Size): Promise<Buffer> {
  const lines = Math.min(MAX_LINES, Math.ceil(text.length / CHARACTERS_PER_LINE))
  const lineHeight = Math.min(picture.width, picture.height) * LINE_HEIGHT
  const box = {
    width: Math.max(1, Math.round(picture.width * WIDTH)),
    height: Math.max(1, Math.round(lineHeight * lines)),
  }
  const edge = Math.max(1, Math.round(lineHeight / 20))
  const [light, dark] = await Promise.all([draw(text, box, 'white'), draw(text, box, 'black')])
  const { width, height } = light.info
  const around = [0, edge, 2 * edge].flatMap((left) =>
    [0, edge, 2 * edge].map((top) => ({ input: dark.data, left, top })),
  )
  return sharp({
    create: {
      width: width + 2 * edge,
      height: height + 2 * edge,
      channels: 4,
      background: { r: 0, g: 0, b: 0, alpha: 0 },
    },
  })
    .composite([...around, { input: light.data, left: edge, top: edge }])
    .png({ compressionLevel: 1 })
    .toBuffer()
}

function draw(text: string, box: Size, colour: 'white' | 'black') {
  const markup = `<span foreground="${colour}">${escapeMarkup(text)}</span>`
  return sharp({
    text: { text: markup, font: FONT, fontfile: fontFile, ...box, rgba: true, wrap: 'word-char' },
  })
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true })
}

/** Text for Pango, whose markup is XML: it means itself, and holds no character XML forbids. */
function escapeMarkup(text: string): string {
  return Buffer.from(text)
    .toString()
    .replace(/[^\P{C}\u200c\u200d]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
