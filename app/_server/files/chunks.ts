import type { ByteSource } from './byte-source'

/** A part of a file: its type of four letters, and where its content is. */
export type Chunk = { type: string; at: number; length: number }

/** Most parts that are looked at: animations have many, and what comes after them may be unknown. */
const MAX_CHUNKS = 1_000

/** The parts of a file from `at` on, each after an 8-byte head that `next` reads. */
export async function* chunksOf(
  source: ByteSource,
  at: number,
  next: (head: Buffer, at: number) => Chunk & { end: number },
): AsyncGenerator<Chunk> {
  let from = at
  for (let count = 0; count < MAX_CHUNKS && from + 8 <= source.size; count++) {
    const { end, ...chunk } = next(await source.read(from, 16), from)
    yield chunk
    if (end <= from) return
    from = end
  }
}
