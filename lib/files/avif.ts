import type { ImageSize } from './image-size'

type Box = { type: string; content: Buffer }

/**
 * Size of an AVIF's primary picture as it is shown, from its boxes (ISO/IEC 23008-12).
 * @returns undefined when the boxes make no sense
 */
export function avifSize(file: Buffer): ImageSize | undefined {
  const meta = find(boxes(file), 'meta')
  if (!meta) return undefined
  const inside = boxes(meta.subarray(4))
  const primary = primaryItem(find(inside, 'pitm'))
  const properties = boxes(find(inside, 'iprp') ?? Buffer.alloc(0))
  const all = boxes(find(properties, 'ipco') ?? Buffer.alloc(0))
  const ipma = find(properties, 'ipma')
  if (primary === undefined || !ipma) return undefined
  const own = associations(ipma, primary).flatMap((index) => all[index - 1] ?? [])
  const extent = find(own, 'ispe')
  if (!extent || extent.length < 12) return undefined
  const width = extent.readUInt32BE(4)
  const height = extent.readUInt32BE(8)
  const quarterTurns = find(own, 'irot')?.[0] ?? 0
  return quarterTurns % 2 === 1 ? { width: height, height: width } : { width, height }
}

function boxes(buffer: Buffer): Box[] {
  const found: Box[] = []
  for (let at = 0; at + 8 <= buffer.length; ) {
    const size = buffer.readUInt32BE(at) || buffer.length - at
    if (size < 8) break
    const type = buffer.toString('latin1', at + 4, at + 8)
    found.push({ type, content: buffer.subarray(at + 8, at + size) })
    at += size
  }
  return found
}

function find(among: Box[], type: string): Buffer | undefined {
  return among.find((box) => box.type === type)?.content
}

function primaryItem(pitm: Buffer | undefined): number | undefined {
  if (!pitm || pitm.length < 6) return undefined
  return pitm[0] === 0 ? pitm.readUInt16BE(4) : pitm.readUInt32BE(4)
}

/** Numbers, from 1, of the properties that belong to an item. */
function associations(ipma: Buffer, item: number): number[] {
  const wideItem = (ipma[0] ?? 0) > 0
  const wideIndex = ((ipma[3] ?? 0) & 1) === 1
  let at = 8
  for (let left = ipma.readUInt32BE(4); left > 0; left--) {
    const id = wideItem ? ipma.readUInt32BE(at) : ipma.readUInt16BE(at)
    at += wideItem ? 4 : 2
    const count = ipma.readUInt8(at)
    at += 1
    const indexes = Array.from({ length: count }, (_, position) =>
      wideIndex
        ? ipma.readUInt16BE(at + position * 2) & 0x7fff
        : ipma.readUInt8(at + position) & 0x7f,
    )
    if (id === item) return indexes
    at += count * (wideIndex ? 2 : 1)
  }
  return []
}
