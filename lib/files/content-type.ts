/** The image formats taken; SVG is left out on purpose, since it is a program. */
export type ImageContentType =
  | 'image/jpeg'
  | 'image/png'
  | 'image/webp'
  | 'image/avif'
  | 'image/gif'

/** Usual endings of a file's name, the first one preferred. */
export const extensions: Record<ImageContentType, readonly [string, ...string[]]> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/avif': ['avif'],
  'image/gif': ['gif'],
}

/** Bytes of a file's start that are enough to tell its type. */
export const SNIFF_BYTES = 4_096

/**
 * Tells an image's type from its first bytes, never from its name or from what a browser says.
 * @returns undefined for everything that is not one of the formats taken
 */
export function sniffImage(head: Buffer): ImageContentType | undefined {
  if (startsWith(head, [0xff, 0xd8, 0xff])) return 'image/jpeg'
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png'
  if (/^GIF8[79]a/.test(text(head, 0, 6))) return 'image/gif'
  if (text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'WEBP') return 'image/webp'
  if (text(head, 4, 8) === 'ftyp' && avifBrand(head)) return 'image/avif'
  return undefined
}

function startsWith(head: Buffer, bytes: number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte)
}

function text(head: Buffer, start: number, end: number): string {
  return head.toString('latin1', start, end)
}

/** Whether the file-type box names AVIF as its own brand or as a compatible one. */
function avifBrand(head: Buffer): boolean {
  const end = Math.min(head.readUInt32BE(0), head.length)
  for (let at = 8; at + 4 <= end; at += 4) {
    if (at !== 12 && ['avif', 'avis'].includes(text(head, at, at + 4))) return true
  }
  return false
}
