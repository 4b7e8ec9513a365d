import type { ByteSource } from './byte-source'
import { chunksOf } from './chunks'
import type { ImageSize } from './image-size'

type Box = { type: string; content: Buffer }

/** Longest description of the pictures; the pictures themselves lie elsewhere. */
const MAX_META = 1024 * 1024
/** Most parts of it that are looked at; a picture of many tiles has some hundreds. */
const MAX_BOXES = 4_096

/**
 * Size of an AVIF's primary picture as it is shown, from its boxes (ISO/IEC 23008-12).
 * @returns undefined when the boxes make no sense
 * @throws {RangeError} when they end too early
 */
export async function avifSize(source: ByteSource): Promise<ImageSize | undefined> {
  const meta = await metaOf(source)
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

async function metaOf(source: ByteSource): Promise<Buffer | undefined> {
  const parts = chunksOf(source, 0, (part, at) => {
    const short = part.readUInt32BE(0)
    const head = short === 1 ? 16 : 8
    const size = short === 1 ? Number(part.readBigUInt64BE(8)) : short || source.size - at
    return {
      type: part.toString('latin1', 4, 8),
      at: at + head,
      length: size - head,
      end: at + size,
    }
  })
  for await (const { type, at, length } of parts) {
    if (type === 'meta')
      return length > 4 && length <= MAX_META ? source.read(at, length) : undefined
  }
  return undefined
}

function boxes(buffer: Buffer): Box[] {
  const found: Box[] = []
  for (let at = 0; at + 8 <= buffer.length && found.length < MAX_BOXES; ) {
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
  const idBytes = ipma.readUInt8(0) > 0 ? 4 : 2
  const indexBytes = (ipma.readUInt8(3) & 1) === 1 ? 2 : 1
  let at = 8
  for (let left = ipma.readUInt32BE(4); left > 0; left--) {
    const id = ipma.readUIntBE(at, idBytes)
    const count = ipma.readUInt8(at + idBytes)
    const first = at + idBytes + 1
    if (id === item) {
      // The highest bit says only whether a reader has to know the property.
      const mask = indexBytes === 2 ? 0x7fff : 0x7f
      return Array.from(
        { length: count },
        (_, place) => ipma.readUIntBE(first + place * indexBytes, indexBytes) & mask,
      )
    }
    at = first + count * indexBytes
  }
  return []
}
