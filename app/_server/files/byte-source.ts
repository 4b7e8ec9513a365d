import { type FileHandle, open } from 'node:fs/promises'

/** Bytes that are read where one looks, a little at a time. */
export type ByteSource = {
  /** Bytes in all. */
  size: number
  /** The bytes from `at` on, fewer where it ends before; none of them are to be changed. */
  read(at: number, length: number): Promise<Buffer>
}

/** Bytes that are here already. */
export function bufferSource(bytes: Buffer): ByteSource {
  return { size: bytes.length, read: async (at, length) => bytes.subarray(at, at + length) }
}

/** Bytes read at once, for what looks at the next few after these. */
const WINDOW = 4_096

/** Opens a file for `work`, which may look anywhere in it. */
export async function withFileSource<T>(
  path: string,
  work: (source: ByteSource) => Promise<T>,
): Promise<T> {
  const handle = await open(path)
  try {
    return await work(fileSource(handle, (await handle.stat()).size))
  } finally {
    await handle.close()
  }
}

function fileSource(handle: FileHandle, size: number): ByteSource {
  let window = { at: 0, bytes: Buffer.alloc(0) }
  return {
    size,
    async read(at, length) {
      const end = Math.min(size, at + length)
      if (at < window.at || end > window.at + window.bytes.length) {
        const wanted = Math.max(0, Math.min(size - at, Math.max(length, WINDOW)))
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(wanted), 0, wanted, at)
        window = { at, bytes: buffer.subarray(0, bytesRead) }
      }
      return window.bytes.subarray(at - window.at, at - window.at + length)
    },
  }
}
