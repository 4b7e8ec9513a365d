import type { Viewer } from '@/lib/auth/viewer'
import { prisma } from '@/lib/db/prisma'
import { AppError } from '@/lib/errors/app-error'

/** A comment this often keeps proxies from closing a silent stream, in milliseconds. */
const HEARTBEAT_MS = 15_000
/** How often it is checked that the viewer may still look, in milliseconds. */
const RECHECK_MS = 30_000
/** A reader that is so far behind is cut off, in bytes; its browser connects anew. */
const MAX_BEHIND = 1024 * 1024
/** Streams one person may have open at once in this process. */
const MAX_STREAMS = 30

export type EventSink = {
  /** Sends an event; `id` is what the browser sends as `Last-Event-ID` after a break. */
  send(event: string, data: unknown, id?: string): void
  end(): void
}

declare global {
  var millraceStreams: Map<string, number> | undefined
}

function openStreams(): Map<string, number> {
  globalThis.millraceStreams ??= new Map()
  return globalThis.millraceStreams
}

/**
 * A server-sent event stream. `start` is called once it is open, and returns what releases
 * everything when it ends, whoever ends it.
 * @throws {AppError} `rate_limited` when the viewer has too many open
 */
export function eventStream(
  viewer: Viewer,
  request: Request,
  start: (sink: EventSink) => () => void,
): Response {
  const open = openStreams()
  const count = open.get(viewer.userId) ?? 0
  if (count >= MAX_STREAMS) {
    throw new AppError('rate_limited', 'Too many pages are open. Close some, then try again.', {
      retryAfterSeconds: 10,
    })
  }
  open.set(viewer.userId, count + 1)

  let close = () => {}
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const encoder = new TextEncoder()
        const write = (text: string) => {
          controller.enqueue(encoder.encode(text))
          if ((controller.desiredSize ?? 0) < -MAX_BEHIND) close()
        }
        const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS)
        const recheck = setInterval(() => {
          mayLook(viewer).then(
            (may) => may || close(),
            () => undefined,
          )
        }, RECHECK_MS)
        let release = () => {}
        let closed = false
        close = () => {
          if (closed) return
          closed = true
          clearInterval(heartbeat)
          clearInterval(recheck)
          release()
          const left = (open.get(viewer.userId) ?? 1) - 1
          if (left > 0) open.set(viewer.userId, left)
          else open.delete(viewer.userId)
          request.signal.removeEventListener('abort', close)
          closeQuietly(controller)
        }
        request.signal.addEventListener('abort', close)
        write('retry: 2000\n\n')
        release = start({
          send(event, data, id) {
            if (closed) return
            const name = id === undefined ? '' : `id: ${id}\n`
            write(`${name}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
          },
          end: () => close(),
        })
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

async function mayLook({ userId }: Viewer): Promise<boolean> {
  const user = await prisma().user.findUnique({
    where: { id: userId },
    select: { disabledAt: true },
  })
  return user !== null && user.disabledAt === null
}
