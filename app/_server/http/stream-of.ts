/**
 * A body that reads on only as fast as the client does.
 * @param stop ends the source when the client goes away
 */
export function streamOf(
  pieces: AsyncIterable<string | Uint8Array>,
  stop?: () => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const source = pieces[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await source.next()
      if (done) controller.close()
      else
        controller.enqueue(
          typeof value === 'string' ? encoder.encode(value) : new Uint8Array(value),
        )
    },
    async cancel() {
      if (stop) stop()
      else await source.return?.()
    },
  })
}
