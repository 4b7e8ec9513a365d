import { createRequire } from 'node:module'
import { PassThrough, type Readable } from 'node:stream'
import PDFDocument from 'pdfkit'
import { formatCount } from '@/lib/format/count'
import { momentWords, rangeWords } from '@/lib/reports/words'
import type { ReportData } from '../report-data'

const require = createRequire(import.meta.url)

/** Come with the program; each covers Latin, Greek, Cyrillic and more. Named by path, they load once. */
const regular = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf')
const heavy = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf')

export const colors = {
  ink: '#1b2124',
  dim: '#5a646a',
  hairline: '#e3e7e9',
  surface: '#f5f8f8',
  accent: '#0b6b65',
  accentLight: '#7ccfc6',
  failed: '#c92a2a',
  canceled: '#98a3a8',
  open: '#cfe8e5',
} as const

const MARGIN = 44
const FOOTER = 30

export type Box = { x: number; y: number; width: number; height: number }

type TextOptions = {
  size?: number
  color?: string
  bold?: boolean
  /** Room to stay within; what is longer is cut. */
  width?: number
  align?: 'left' | 'right' | 'center'
}

/** A4 pages, and where on them the next thing goes. Measures are points, from the top left. */
export class Paper {
  readonly doc: PDFKit.PDFDocument
  readonly left = MARGIN
  readonly width: number
  y = MARGIN
  /** In which moments are written. */
  readonly timezone: string
  readonly #footer: string
  readonly #bottom: number

  constructor(data: ReportData) {
    const { range, timezone, madeAt } = data
    this.timezone = timezone
    // Page numbers are written at the end, when it is known how many there are.
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      lang: 'en',
      displayTitle: true,
      font: regular,
      info: {
        Title: `Jobs report, ${rangeWords(range, timezone)}`,
        Author: 'Millrace',
        CreationDate: madeAt,
      },
    })
    this.width = this.doc.page.width - 2 * MARGIN
    this.#bottom = this.doc.page.height - MARGIN - FOOTER
    this.#footer = `Made ${momentWords(madeAt, timezone)} (${timezone})`
  }

  /** Goes on to a new page where less than `height` is left; whether it did. */
  ensure(height: number): boolean {
    if (this.y + height <= this.#bottom) return false
    this.doc.addPage()
    this.y = MARGIN
    return true
  }

  /** Writes one line. */
  text(text: string, x: number, y: number, options: TextOptions = {}): void {
    const { size = 8, color = colors.ink, bold = false, width, align = 'left' } = options
    this.#use(size, bold)
    const line = oneLine(text)
    const shown = width === undefined ? line : this.#cut(line, width)
    const room = (width ?? 0) - this.doc.widthOfString(shown)
    const shift = align === 'right' ? room : align === 'center' ? room / 2 : 0
    this.doc.fillColor(color).text(shown, x + shift, y, { lineBreak: false })
  }

  /** How wide a line is. */
  widthOf(text: string, size: number, bold = false): number {
    this.#use(size, bold)
    return this.doc.widthOfString(text)
  }

  /** Writes a paragraph and moves below it. */
  paragraph(text: string, size: number, color: string): void {
    this.#use(size, false)
    const options = { width: this.width, lineGap: 2.5 }
    this.doc.fillColor(color).text(text, this.left, this.y, options)
    this.y += this.doc.heightOfString(text, options)
  }

  line(x1: number, y1: number, x2: number, y2: number, color: string, width = 0.6): void {
    this.doc.lineWidth(width).strokeColor(color).moveTo(x1, y1).lineTo(x2, y2).stroke()
  }

  /** Numbers the pages, and ends the document; its bytes. */
  finish(): Readable {
    const { count } = this.doc.bufferedPageRange()
    const y = this.doc.page.height - MARGIN - 4
    for (let page = 0; page < count; page++) {
      this.doc.switchToPage(page)
      this.line(this.left, y - 8, this.left + this.width, y - 8, colors.hairline)
      this.text(this.#footer, this.left, y, { size: 7, color: colors.dim })
      const number = `Page ${formatCount(page + 1)} of ${formatCount(count)}`
      const placed = { size: 7, color: colors.dim, width: this.width, align: 'right' } as const
      this.text(number, this.left, y, placed)
    }
    const bytes = this.doc.pipe(new PassThrough())
    this.doc.end()
    return bytes
  }

  #use(size: number, bold: boolean): void {
    this.doc.font(bold ? heavy : regular).fontSize(size)
  }

  /** The longest beginning that fits, in the font at hand. */
  #cut(text: string, width: number): string {
    if (this.doc.widthOfString(text) <= width) return text
    const letters = [...text]
    let fits = 0
    let over = letters.length
    while (over - fits > 1) {
      const middle = (fits + over) >> 1
      const tried = `${letters.slice(0, middle).join('')}…`
      if (this.doc.widthOfString(tried) <= width) fits = middle
      else over = middle
    }
    return `${letters.slice(0, fits).join('').trimEnd()}…`
  }
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
}
