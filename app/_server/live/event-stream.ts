import type { Authenticated } from '@/lib/access/viewer'
import { AppError } from '@/lib/errors/app-error'
import { countStreams, guardStream } from './open-streams'

/** A comment this often keeps proxies from closing a silent stream, in milliseconds. */
const HEARTBEAT_MS = 15_000
/** A reader that is so far behind is cut off, in bytes; its browser connects anew. */
const MAX_BEHIND = 1024 * 1024
/** Streams one person may have open at once in this process. */
const MAX_STREAMS = 30

export type EventSink = {
  /** Sends an event; `id` is what the browser sends as `Last-Event-ID` after a break. */
  send(event: string, data: unknown, id?: string): void
  end(): void
}

/**
 * A server-sent event stream. `start` is called once it is open, and returns what releases
 * everything when it ends, whoever ends it. It ends, with the event `access`, when the viewer's
 * session, key or role is not what it was.
 * @throws {AppError} `rate_limited` when the viewer has too many open
 */
export function eventStream(
  viewer: Authenticated,
  request: Request,
  start: (sink: EventSink) => () => void,
): Response {
  if (countStreams(viewer.userId) >= MAX_STREAMS) {
    throw new AppError('rate_limited', 'Too many pages are open. Close some, then try again.', {
      retryAfterSeconds: 10,
    })
  }

  let close = () => {}
  let sink: EventSink = { send() {}, end: () => close() }
  const unguard = guardStream({
    viewer,
    end() {
      sink.send('access', {})
      sink.end()
    },
  })
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const encoder = new TextEncoder()
        const write = (text: string) => {
          controller.enqueue(encoder.encode(text))
          if ((controller.desiredSize ?? 0) < -MAX_BEHIND) close()
        }
        const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS)
        let release = () => {}
        let closed = false
        close = () => {
          if (closed) return
          closed = true
          clearInterval(heartbeat)
          unguard()
          release()
          request.signal.removeEventListener('abort', close)
          closeQuietly(controller)
        }
        request.signal.addEventListener('abort', close)
        write('retry: 2000\n\n')
        sink = {
          send(event, data, id) {
            if (closed) return
            const name = id === undefined ? '' : `id: ${id}\n`
            write(`${name}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
          },
          end: () => close(),
        }
        release = start(sink)
        if (closed) release()
      },
      cancel: () => close(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
  )
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

/** A reader that has gone has closed its side already. */
function closeQuietly(controller: ReadableStreamDefaultController): void {
  try {
    controller.close()
  } catch {
    // Canceled by the reader.
  }
}
