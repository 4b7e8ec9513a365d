const ORIENTATION = 0x0112
const SHORT = 3

/** EXIF orientations 5 to 8 turn the picture by a quarter: its width and height change places. */
export function isQuarterTurn(orientation: number | undefined): boolean {
  return orientation !== undefined && orientation >= 5 && orientation <= 8
}

/**
 * Reads the orientation, 1 to 8, from an EXIF block in TIFF form.
 * @returns undefined when there is none, or the block makes no sense
 */
export function exifOrientation(block: Buffer): number | undefined {
  const tiff = block.toString('latin1', 0, 6) === 'Exif\0\0' ? block.subarray(6) : block
  const order = tiff.toString('latin1', 0, 2)
  if (tiff.length < 14 || (order !== 'II' && order !== 'MM')) return undefined
  const short = (at: number) => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = order === 'II' ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (directory + 2 > tiff.length) return undefined
  const entries = short(directory)
  for (let index = 0; index < entries; index++) {
    const entry = directory + 2 + index * 12
    if (entry + 12 > tiff.length) return undefined
    if (short(entry) === ORIENTATION && short(entry + 2) === SHORT) {
      const value = short(entry + 8)
      return value >= 1 && value <= 8 ? value : undefined
    }
  }
  return undefined
}

/** The EXIF block of a PNG, which has to stand before the pixels to count. */
export function pngExif(file: Buffer): Buffer | undefined {
  for (let at = 8; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at)
    const type = file.toString('latin1', at + 4, at + 8)
    if (type === 'eXIf') return file.subarray(at + 8, at + 8 + length)
    if (type === 'IDAT') return undefined
    at += 12 + length
  }
  return undefined
}

/** The EXIF block of a WebP, usually its last chunk. */
export function webpExif(file: Buffer): Buffer | undefined {
  for (let at = 12; at + 8 <= file.length; ) {
    const length = file.readUInt32LE(at + 4)
    if (file.toString('latin1', at, at + 4) === 'EXIF') {
      return file.subarray(at + 8, at + 8 + length)
    }
    at += 8 + length + (length % 2)
  }
  return undefined
}
