import { vi } from 'vitest'

export type ServerEvent = { event: string; id: string | undefined; data: unknown }

/** Reads a server-sent event stream as it comes. */
export function readEvents(response: Response) {
  const events: ServerEvent[] = []
  const reader = response.body?.getReader()
  const closed = follow(reader, events)
  return {
    events,
    /** Waits for an event that fits, among those that came already too. */
    until: (fits: (event: ServerEvent) => boolean) =>
      vi.waitFor(
        () => {
          const found = events.find(fits)
          if (!found) throw new Error(`Not among: ${events.map(({ event }) => event).join(', ')}`)
          return found
        },
        { timeout: 10_000, interval: 20 },
      ),
    /** Resolves when the server has ended the stream. */
    closed,
    close: () => reader?.cancel(),
  }
}

async function follow(
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  events: ServerEvent[],
): Promise<void> {
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const chunk = await reader?.read()
    if (!chunk || chunk.done) return
    const parts = (text + decoder.decode(chunk.value, { stream: true })).split('\n\n')
    text = parts.pop() ?? ''
    for (const part of parts) {
      const field = (name: string) =>
        part
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2)
      const event = field('event')
      if (event) events.push({ event, id: field('id'), data: JSON.parse(field('data') ?? 'null') })
    }
  }
}
