import sharp from 'sharp'

/** Colours of the four quarters: upper left, upper right, lower left, lower right. */
const quarters = {
  upperLeft: [255, 0, 0],
  upperRight: [0, 255, 0],
  lowerLeft: [0, 0, 255],
  lowerRight: [255, 255, 255],
} as const

/** A picture whose quarters differ in colour, so that a turn or a shift shows. */
export function quarteredPicture(width: number, height: number) {
  const pixels = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const left = x < width / 2
      const upper = y < height / 2
      const colour = upper
        ? quarters[left ? 'upperLeft' : 'upperRight']
        : quarters[left ? 'lowerLeft' : 'lowerRight']
      pixels.set(colour, (y * width + x) * 3)
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

/** A plain picture, light grey unless told otherwise. */
export function plainPicture(width: number, height: number, background = '#999999') {
  return sharp({ create: { width, height, channels: 3, background } })
}

/** Red, green, blue and alpha, each 0 to 255, at a point of an encoded picture. */
export async function pixelAt(file: Buffer, left: number, top: number): Promise<number[]> {
  const point = sharp(file).ensureAlpha().extract({ left, top, width: 1, height: 1 })
  return [...(await point.raw().toBuffer())]
}
